// Findings that are verified under the lock: in every way that there is the same ones hold, and those that changed do not.

#include <filesystem>
#include <fstream>

#include "adapters/all.hpp"
#include "auditor/cli/test_stores.hpp"
#include "auditor/engine/scan.hpp"
#include "auditor/model/embedded.hpp"
#include "auditor/sys/sqlite.hpp"
#include "auditor/sys/text_file.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;
namespace fs = std::filesystem;

namespace {

constexpr const char* kPlain = "half-created-session";
// Two rows for each finding, and what is to be written is in them.
constexpr const char* kWords = "own-words";
constexpr const char* kWordsText = R"(/*
{ "id": "own-words", "severity": "warning", "subject": "session",
  "title": "a session has words", "message": "session {id} has {word}", "why": "for a test", "safety": "for a test",
  "repairs": [ {"name": "write", "applicability": "safe", "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"status": "{word}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.kind || v.n AS word FROM session s JOIN (SELECT '-1' AS n UNION ALL SELECT '-2') AS v WHERE s.window_id IS NULL
)";

struct Scanned {
  TemporaryDirectory directory;
  std::string path = directory.path() + "/agenterm.db";
  std::string windows = directory.path() + "/tmux.json";
  Catalog catalog;
  Cancellation cancel;
  ScanResult result;

  std::string check;

  explicit Scanned(std::string asked) : check(std::move(asked)) {
    write(read_text_file(std::string(AUDIT_SOURCE_DIR) + "/tests/schemas/agenterm-head.sql"));
    for (int i = 1; i <= 20; ++i) {
      write("INSERT INTO sessions(id, tmux_session_name, agent_type, role, status, created_at, last_activity_at) VALUES ('s-" + std::to_string(i) +
            "', 'ai', 'claude', 'coder', 'working', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z')");
    }
    open_windows({});
    add_all_adapters(catalog);
    catalog.add_embedded(embedded_files());
    fs::create_directory(directory.path() + "/checks");
    std::ofstream(directory.path() + "/checks/own-words.sql") << kWordsText;
    catalog.add_checks_directory(directory.path() + "/checks");
    ScanRequest request;
    request.profiles = {{"agenterm", {{"db.path", path}, {"tmux.snapshot", windows}}, ""}};
    request.include = {check};
    request.now = 1'772'366'400'000;
    result = scan(catalog, request, cancel, {}, {});
    profile().close();
  }
  void write(const std::string& sql) const {
    sqlite::Connection db(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    db.exec(sql);
  }
  void open_windows(const std::vector<std::string>& names) const {
    std::string list;
    for (const auto& name : names) {
      list += (list.empty() ? "" : ", ") + (R"({"window_id": "@)" + std::to_string(list.size()) + R"(", "session_name": "ai", "window_name": ")" + name + "\"}");
    }
    std::ofstream(windows) << R"({"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 1, "started_at": "2026-02-01T00:00:00Z"}, "windows": [)" << list << "]}";
  }
  [[nodiscard]] OpenProfile& profile() const { return *result.profiles.front(); }

  struct Answers {
    std::set<std::string> one_by_one;  // ids that hold
    std::set<std::string> at_once;
  };
  Answers ask() {
    const auto writer = profile().write("db", path, {});
    const std::vector<OpenProfile::View> views = {{"db", path, &writer->view()}};
    std::vector<FindingRow> rows;
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < result.rows.size(); ++i) {
      rows.push_back(result.rows[i]);
      positions.push_back(i);
    }
    std::vector<const FindingRow*> asked;
    for (const auto& row : rows) asked.push_back(&row);
    Answers answers;
    const auto each = profile().still_holding(asked, result.report, views);
    const auto all = profile().still_holding_of(check, result.rows, positions, result.report, views);
    REQUIRE(all.has_value());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string id = result.report.findings[rows[i].finding].subject.id;
      if (each[i]) answers.one_by_one.insert(id);
      if ((*all)[i]) answers.at_once.insert(id);
    }
    return answers;
  }
};

}  // namespace

TEST_CASE("findings hold as long as nobody changes what they say", "[verify][sqlite]") {
  const std::string check = GENERATE(kPlain, kWords);
  Scanned scanned(check);
  REQUIRE(scanned.result.report.findings.size() == 20);
  auto answers = scanned.ask();
  CHECK(answers.one_by_one.size() == 20);
  CHECK(answers.at_once.size() == 20);

  scanned.write(
      "DELETE FROM sessions WHERE id = 's-3'; UPDATE sessions SET tmux_window_id = '@7' WHERE id = 's-5'; UPDATE sessions SET status = 'completed' WHERE id = 's-8';"
      "UPDATE sessions SET role = 'reviewer' WHERE id = 's-9'; UPDATE sessions SET id = 's-99' WHERE id = 's-11'");
  answers = scanned.ask();
  std::set<std::string> left;
  for (int i = 1; i <= 20; ++i) left.insert("s-" + std::to_string(i));
  for (const char* gone : {"s-3", "s-5", "s-11"}) left.erase(gone);
  left.erase(check == kPlain ? "s-8" : "s-9");  // of one the state counts, of the other what it would write
  CHECK(answers.one_by_one == left);
  CHECK(answers.at_once == left);
}

TEST_CASE("findings do not hold where another check knows better by now", "[verify][sqlite]") {
  Scanned scanned(kPlain);
  REQUIRE(scanned.result.report.findings.size() == 20);
  scanned.open_windows({"session-s-4", "shell", "session-s-7"});  // they have windows after all: unlinked-window
  auto answers = scanned.ask();
  std::set<std::string> left;
  for (int i = 1; i <= 20; ++i) left.insert("s-" + std::to_string(i));
  left.erase("s-4");
  left.erase("s-7");
  CHECK(answers.one_by_one == left);
  CHECK(answers.at_once == left);
  fs::remove(scanned.windows);  // it cannot look any more
  answers = scanned.ask();
  CHECK(answers.one_by_one.empty());
  CHECK(answers.at_once.empty());
}
