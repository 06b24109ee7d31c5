#include "auditor/cli/test_round_trip.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "auditor/engine/baseline.hpp"
#include "auditor/model/error.hpp"
#include "auditor/repair/repairer.hpp"
#include "auditor/repair/undo.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/sqlite.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace fs = std::filesystem;

namespace {

// File and, of a database, table and row → what it holds.
using Contents = std::map<std::string, std::string>;

void add_database(const std::string& name, const std::string& path, Contents& contents) {
  sqlite::Connection db(path, SQLITE_OPEN_READONLY);
  auto tables = db.prepare(
      "SELECT s.name, coalesce(l.wr, 0) FROM sqlite_schema s JOIN pragma_table_list l ON l.name = s.name AND l.schema = 'main' "
      "WHERE s.type = 'table' AND l.type = 'table' AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
  while (tables.step()) {
    const std::string table = to_text(tables.value(0));
    const bool rowids = to_integer(tables.value(1)) == 0;
    auto rows = db.prepare("SELECT " + std::string(rowids ? "rowid, " : "") + "* FROM " + sqlite::identifier(table));
    while (rows.step()) {
      std::string text;
      for (int i = 0; i < rows.columns(); ++i) {
        const Value value = rows.value(i);
        text += std::to_string(value.index()) + ":" + to_text(value) + " ";
      }
      contents[name + " " + table + " " + text] += "x";
    }
  }
}

Contents contents_of(const std::string& directory) {
  Contents contents;
  for (const auto& item : fs::recursive_directory_iterator(directory)) {
    const std::string name = fs::relative(item.path(), directory).string();
    const auto mode = std::to_string(static_cast<unsigned>(item.symlink_status().permissions()));
    if (item.is_symlink()) {
      contents[name] = "link to " + fs::read_symlink(item.path()).string();
    } else if (item.is_directory()) {
      contents[name] = "directory " + mode;
    } else if (item.is_regular_file()) {
      std::string bytes;
      try {
        bytes = read_text_file(item.path().string());
      } catch (const Error&) {
        bytes = "unreadable";
      }
      const bool database = bytes.starts_with("SQLite format 3");
      if (name.ends_with("-wal") || name.ends_with("-shm")) continue;
      contents[name] = database ? "database " + mode : mode + " " + bytes;
      if (!database) continue;
      try {
        add_database(name, item.path().string(), contents);
      } catch (const sqlite::Failure&) {
        contents[name] = mode + " " + bytes;
      }
    }
  }
  return contents;
}

void compare(const Contents& before, const Contents& after, std::vector<std::string>& differences) {
  constexpr std::size_t kShown = 160;
  for (const auto& [name, content] : before) {
    const auto now = after.find(name);
    if (now == after.end()) {
      differences.push_back("undo did not bring back: " + name.substr(0, kShown));
    } else if (now->second != content) {
      differences.push_back("after undo it is another: " + name.substr(0, kShown));
    }
  }
  for (const auto& [name, content] : after) {
    if (!before.contains(name)) differences.push_back("undo left behind: " + name.substr(0, kShown));
  }
}

class RoundTrip {
 public:
  RoundTrip(const ScanRequest& request, const RepairPolicy& policy, const Catalog& catalog, const std::vector<std::string>& left, const std::string& state_directory,
            CommandContext& context)
      : request_(request), policy_(policy), catalog_(catalog), left_(left.begin(), left.end()), state_(state_directory), context_(context) {}

  RoundTripResult run(const std::string& stores) {
    const Contents before = contents_of(stores);
    ScanResult first = planned();
    if (first.report.plan.changes.empty() || !first.report.plan.refused.empty()) return {};
    const auto known = findings(first.report, false);
    const auto wanted = findings(first.report, true);
    state_.make();
    RepairOrder order;
    order.state = &state_;
    order.head.program = context_.version;
    order.scan_again = [this] { return planned(); };
    const RepairResult result = repair(std::move(first), order, context_.cancel);
    if (!result.failure.empty()) differences_.push_back("the repair failed: " + result.failure);
    for (const auto& finding : result.last.report.findings) {
      const std::string name = finding.check + " " + finding.subject.id;
      const bool expected = left_.erase(name) > 0;
      if (expected) continue;
      if (wanted.contains(finding.fingerprint) || !known.contains(finding.fingerprint)) standing_.push_back(name);
      if (wanted.contains(finding.fingerprint)) differences_.push_back("not repaired: " + name + (finding.refusal.empty() ? "" : ": " + finding.refusal));
      if (!known.contains(finding.fingerprint)) differences_.push_back("the repair brought about: " + name + ": " + finding.message);
    }
    for (const auto& name : left_) differences_.push_back("expected to be left by the repair, and is not: " + name);
    for (const auto& finding : result.settled) {
      if (finding.status != FindingStatus::repaired) differences_.push_back("not repaired, " + finding.refusal + ": " + finding.check + " " + finding.subject.id);
    }
    for (auto run = result.runs.rbegin(); run != result.runs.rend(); ++run) take_back(*run);
    compare(before, contents_of(stores), differences_);
    if (findings(planned().report, false) != known) differences_.push_back("after undo the findings are others than before the repair");
    return {std::move(differences_), std::move(standing_)};
  }

 private:
  ScanResult planned() {
    ScanResult result = scan(catalog_, request_, context_.cancel, {}, {});
    result.report.now = request_.now;
    count_findings(result.report);
    make_plan(catalog_.checks(), result, policy_, request_.now);
    return result;
  }

  static std::set<std::string> findings(const Report& report, bool selected) {
    std::set<std::string> fingerprints;
    for (const auto& finding : report.findings) {
      const bool any = std::any_of(finding.repairs.begin(), finding.repairs.end(), [](const OfferedRepair& repair) { return repair.selected; });
      if (!selected || any) fingerprints.insert(finding.fingerprint);
    }
    return fingerprints;
  }

  void take_back(const std::string& id) {
    const auto profiles = open_profiles(catalog_, request_, context_.cancel, {});
    std::vector<OpenProfile*> all;
    for (const auto& profile : profiles) all.push_back(profile.get());
    JournalHead head;
    head.started_at = current_time();
    head.run = make_run_id(head.started_at);
    head.mode = "undo";
    head.undoes = id;
    Run run(state_, std::move(head));
    const UndoResult result = undo(run, id, all, false, {}, context_.cancel);
    for (const auto& reason : result.refused) differences_.push_back("not undone: " + reason);
  }

  const ScanRequest& request_;
  const RepairPolicy& policy_;
  const Catalog& catalog_;
  std::set<std::string> left_;
  const StateDirectory state_;
  CommandContext& context_;
  std::vector<std::string> differences_;
  std::vector<std::string> standing_;
};

}  // namespace

RoundTripResult round_trip(const ScanRequest& request, const RepairPolicy& policy, const Catalog& catalog, const std::vector<std::string>& left,
                           const std::string& stores, const std::string& state_directory, CommandContext& context) {
  return RoundTrip(request, policy, catalog, left, state_directory, context).run(stores);
}

}  // namespace audit
