// audit test DIR...: fixture cases.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <ostream>
#include <thread>

#include "auditor/cli/output.hpp"
#include "auditor/cli/setup.hpp"
#include "auditor/cli/test_case.hpp"
#include "auditor/cli/test_compare.hpp"
#include "auditor/cli/test_round_trip.hpp"
#include "auditor/cli/test_stores.hpp"
#include "auditor/cli/test_trial.hpp"
#include "auditor/cli/test_update.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/digest.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace {

struct Outcome {
  std::string directory;
  std::string title;
  std::string profile;
  std::vector<std::string> differences;
  bool untried = false;  // its plan could not be made real: nothing writes through an adapter
  bool updated = false;
  double milliseconds = 0;
};

// What the audit did to the stores; it may do nothing.
void compare_files(const FileStates& before, const FileStates& after, std::vector<std::string>& differences) {
  for (const auto& [path, state] : before) {
    const auto found = after.find(path);
    if (found == after.end()) {
      differences.push_back("the audit removed " + path);
    } else if (found->second != state) {
      differences.push_back("the audit changed " + path);
    }
  }
  for (const auto& [path, state] : after) {
    if (!before.contains(path)) differences.push_back("the audit left " + path + " behind");
  }
}

// Writes what was found as what is expected. What an audit did to the stores stays a difference.
void update(const TestCase& test, const Report& report, int exit, Outcome& outcome) {
  const std::string file = (std::filesystem::path(test.directory) / "expect.json").string();
  const std::string text = updated_case(read_text_file(file), file, report, exit);
  write_text_file(file, [&](std::ostream& out) { out << text; });
  outcome.differences = compare_case(read_case(test.directory), report, exit);
  outcome.updated = outcome.differences.empty();
}

void run_case(const TestCase& test, const Catalog& catalog, CommandContext& context, bool updating, Outcome& outcome) {
  const TemporaryDirectory root;
  const GivenStores stores = make_stores(test, root.path(), catalog, context.fixtures);
  const ScanRequest request = trial_request(test, stores);
  const FileStates before = file_states(root.path());
  {
    const Trial trial = try_stores(test, request, catalog, context.cancel);
    outcome.differences = compare_case(test, trial.result.report, trial.exit);
    if (updating && !outcome.differences.empty()) update(test, trial.result.report, trial.exit, outcome);
  }
  compare_files(before, file_states(root.path()), outcome.differences);
  if (!outcome.differences.empty()) return;
  RepairPolicy policy = trial_policy(test, catalog);
  policy.max_fraction = 1;  // cases are small
  const TemporaryDirectory state;
  try {
    outcome.differences = round_trip(request, policy, catalog, test.left, root.path(), state.path(), context).differences;
  } catch (const NotWritable&) {
    outcome.untried = true;
  }
}

Outcome try_case(const std::string& directory, const Catalog& catalog, CommandContext& context, bool updating) {
  const auto started = std::chrono::steady_clock::now();
  Outcome outcome;
  outcome.directory = directory;
  try {
    const TestCase test = read_case(directory);
    outcome.title = test.title;
    outcome.profile = std::filesystem::path(test.profile).stem().string();
    run_case(test, catalog, context, updating, outcome);
  } catch (const Error& error) {
    outcome.differences.push_back(std::string("error: ") + error.what() +
                                  (error.hint().empty() ? "" : "\n  hint: " + error.hint()));
  } catch (const std::exception& error) {
    outcome.differences.push_back(std::string("error: ") + error.what());
  }
  outcome.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  return outcome;
}

std::vector<Outcome> run_cases(const std::vector<std::string>& directories, const Catalog& catalog,
                               CommandContext& context, int jobs, bool updating) {
  std::vector<Outcome> outcomes(directories.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < directories.size() && !context.cancel.requested; i = next++) {
      outcomes[i] = try_case(directories[i], catalog, context, updating);
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 1; i < jobs; ++i) threads.emplace_back(work);
    work();
  }
  context.cancel.check();
  return outcomes;
}

void print_failure(std::ostream& out, const Outcome& outcome) {
  out << "FAIL " << outcome.directory << (outcome.title.empty() ? "" : ": " + outcome.title) << '\n';
  for (const std::string& difference : outcome.differences) {
    std::string line = "  ";
    for (const char c : difference) line += c == '\n' ? std::string("\n  ") : std::string(1, c);
    out << line << '\n';
  }
}

// The outcome in the terms of a report: a case is a check, a difference a finding. So every format can show it.
Report as_report(const std::vector<Outcome>& outcomes, const CommandContext& context) {
  Report report;
  report.mode = "test";
  report.version = context.version;
  report.started_at = current_time();
  for (const Outcome& outcome : outcomes) {
    CheckReport check;
    check.check = outcome.directory;
    check.profile = outcome.profile.empty() ? "cases" : outcome.profile;
    check.title = outcome.title;
    check.findings = static_cast<std::int64_t>(outcome.differences.size());
    check.duration_ms = outcome.milliseconds;
    report.duration_ms += outcome.milliseconds;
    for (const std::string& difference : outcome.differences) {
      Finding finding;
      finding.check = check.check;
      finding.profile = check.profile;
      finding.subject = {"case", "", "", outcome.directory};
      finding.message = finding.brief = difference;
      finding.fingerprint = sha256_hex(outcome.directory + "\n" + difference).substr(0, 32);
      report.findings.push_back(std::move(finding));
    }
    report.checks.push_back(std::move(check));
  }
  count_findings(report);
  return report;
}

void print_outcomes(std::ostream& out, const std::vector<Outcome>& outcomes, std::size_t failed, bool updating) {
  std::size_t updated = 0;
  std::size_t untried = 0;
  for (const Outcome& outcome : outcomes) {
    if (!outcome.differences.empty()) print_failure(out, outcome);
    untried += outcome.untried ? 1 : 0;
    if (!outcome.updated) continue;
    ++updated;
    out << "updated " << outcome.directory << "/expect.json\n";
  }
  if (untried > 0) out << untried << (untried == 1 ? " plan was" : " plans were") << " not made real: nothing writes through an adapter of the case\n";
  out << outcomes.size() << (outcomes.size() == 1 ? " case: " : " cases: ") << outcomes.size() - failed << " passed, " << failed
      << " failed";
  if (updating) out << ", " << updated << " updated" << (updated > 0 ? ": review what changed before you keep it" : "");
  out << '\n';
}

}  // namespace

int run_test(Invocation& invocation) {
  // A case says by itself what is audited, and how.
  expect_options(invocation.options, "audit test",
                 {"checks", "update", "format", "color", "quiet", "no-progress", "jobs", "timeout", "log-level", "log-file", "log-format"});
  expect_reports(invocation);
  const auto catalog = make_catalog(invocation);
  const auto directories = find_cases(invocation.operands);
  if (directories.empty()) {
    throw Error(ErrorKind::usage, "audit test: there is no case at or below " + invocation.operands.front(),
                "a case is a directory with an expect.json");
  }
  const int jobs = invocation.options.jobs.value_or(usual_jobs());
  const bool updating = invocation.options.update;
  const auto outcomes = run_cases(directories, *catalog, invocation.context, jobs, updating);
  const auto failed = static_cast<std::size_t>(std::count_if(
      outcomes.begin(), outcomes.end(), [](const Outcome& outcome) { return !outcome.differences.empty(); }));
  const auto& formats = invocation.options.formats;
  const bool printed = std::any_of(formats.begin(), formats.end(), [](const FormatRequest& format) {
    return format.file.empty() && format.name != "text";
  });
  if (!printed) print_outcomes(invocation.context.out, outcomes, failed, updating);
  std::vector<FormatRequest> reports = formats;
  std::erase_if(reports, [](const FormatRequest& format) { return format.file.empty() && format.name == "text"; });
  if (!reports.empty()) write_reports(invocation, as_report(outcomes, invocation.context), reports);
  return failed == 0 ? 0 : 1;
}

}  // namespace audit
