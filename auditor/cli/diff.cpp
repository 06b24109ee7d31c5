// audit diff OLD NEW: what two reports differ in.

#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <unordered_set>

#include "auditor/cli/report_reader.hpp"
#include "auditor/cli/setup.hpp"
#include "auditor/cli/table.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/gate.hpp"

namespace audit {

namespace {

using Json = nlohmann::ordered_json;
using Fingerprints = std::unordered_set<std::string>;

struct Difference {
  WrittenReport before, after;
  std::vector<WrittenFinding> appeared;    // only in the new report
  std::vector<WrittenFinding> gone;        // only in the old one, and their check ran again
  std::vector<WrittenFinding> not_looked;  // only in the old one; their check did not run in the new one
  std::int64_t unchanged = 0;
};

// What was repaired, or turned out not to be so, is no longer there after that run.
bool is_there(const WrittenFinding& finding) { return finding.status != "repaired" && finding.status != "dropped"; }

Fingerprints fingerprints(const std::string& file, WrittenReport& report) {
  Fingerprints set;
  report = read_report(file, [&](const WrittenFinding& finding) {
    if (is_there(finding)) set.insert(finding.fingerprint);
  });
  return set;
}

// Each file is read twice, so that only what differs is held.
Difference compare(const std::string& old_file, const std::string& new_file) {
  Difference difference;
  const Fingerprints before = fingerprints(old_file, difference.before);
  const Fingerprints after = fingerprints(new_file, difference.after);
  (void)read_report(new_file, [&](const WrittenFinding& finding) {
    if (!is_there(finding)) return;
    if (before.contains(finding.fingerprint)) {
      ++difference.unchanged;
    } else {
      difference.appeared.push_back(finding);
    }
  });
  (void)read_report(old_file, [&](const WrittenFinding& finding) {
    if (!is_there(finding) || after.contains(finding.fingerprint)) return;
    const bool ran = difference.after.ran.contains({finding.profile, finding.check});
    (ran ? difference.gone : difference.not_looked).push_back(finding);
  });
  return difference;
}

Json as_json(const WrittenFinding& finding) {
  return {{"check", finding.check},     {"severity", to_string(finding.severity)}, {"profile", finding.profile},
          {"subject", finding.subject}, {"message", finding.message},              {"fingerprint", finding.fingerprint},
          {"status", finding.status}};
}

Json as_json(const PastRun& run) { return {{"id", run.id}, {"started_at", run.started_at}, {"complete", run.complete}}; }

void print_json(std::ostream& out, const Difference& difference) {
  Json json{{"schema", "audit-diff/1"}, {"old", as_json(difference.before.run)}, {"new", as_json(difference.after.run)}};
  for (const auto& [name, list] : {std::pair("appeared", &difference.appeared), std::pair("gone", &difference.gone),
                                   std::pair("not_looked_at", &difference.not_looked)}) {
    json[name] = Json::array();
    for (const WrittenFinding& finding : *list) json[name].push_back(as_json(finding));
  }
  json["unchanged"] = difference.unchanged;
  out << json.dump(2, ' ', true, Json::error_handler_t::replace) << '\n';
}

// Text of a file, fit for a terminal.
std::string clean(const std::string& text) {
  const std::string quoted = Json(text).dump(-1, ' ', true, Json::error_handler_t::replace);
  std::string result;
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] == '\\' && (quoted[i + 1] == '"' || quoted[i + 1] == '/')) continue;
    result += quoted[i];
  }
  return result;
}

void print_list(Invocation& invocation, const char* sign, const std::vector<WrittenFinding>& findings) {
  std::vector<std::vector<std::string>> rows;
  for (const WrittenFinding& finding : findings) {
    rows.push_back({sign, to_string(finding.severity), clean(finding.check), clean(finding.message)});
  }
  print_table(invocation.context.out, rows, invocation.context.terminal.width);
}

void print_text(Invocation& invocation, const Difference& difference) {
  std::ostream& out = invocation.context.out;
  for (const auto& [name, run] : {std::pair("old", &difference.before.run), std::pair("new", &difference.after.run)}) {
    out << name << "  " << clean(run->started_at) << "  " << clean(run->id) << (run->complete ? "" : "  INCOMPLETE") << '\n';
  }
  print_list(invocation, "+", difference.appeared);
  print_list(invocation, "-", difference.gone);
  print_list(invocation, "?", difference.not_looked);
  out << difference.appeared.size() << " new, " << difference.gone.size() << " gone, " << difference.unchanged << " unchanged";
  if (!difference.not_looked.empty()) out << ", " << difference.not_looked.size() << " not looked at again (their checks did not run)";
  out << '\n';
}

}  // namespace

int run_diff(Invocation& invocation) {
  const auto& formats = invocation.options.formats;
  const bool json = !formats.empty() && formats.front().name == "json";
  if (formats.size() > 1 || (!formats.empty() && (!formats[0].file.empty() || (!json && formats[0].name != "text")))) {
    throw Error(ErrorKind::usage, "audit diff prints text or json");
  }
  const Difference difference = compare(invocation.operands[0], invocation.operands[1]);
  if (json) {
    print_json(invocation.context.out, difference);
  } else {
    print_text(invocation, difference);
  }
  if (!difference.after.run.complete) return 3;
  const FailOn fail_on = invocation.options.fail_on.value_or(FailOn::warning);
  for (const WrittenFinding& finding : difference.appeared) {
    if (finding.status == "new" && reaches(finding.severity, fail_on)) return 1;
  }
  return 0;
}

}  // namespace audit
