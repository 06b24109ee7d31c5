// audit test DIR...: fixture cases.

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <ostream>
#include <thread>

#include "auditor/cli/setup.hpp"
#include "auditor/cli/test_case.hpp"
#include "auditor/cli/test_compare.hpp"
#include "auditor/cli/test_round_trip.hpp"
#include "auditor/cli/test_stores.hpp"
#include "auditor/model/error.hpp"

namespace audit {

namespace {

struct Outcome {
  std::string directory;
  std::string title;
  std::vector<std::string> differences;
  bool untried = false;  // its plan could not be made real: nothing writes through an adapter
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

RepairPolicy policy_of(const TestCase& test, const Catalog& catalog) {
  Options options;
  options.unsafe = test.unsafe;
  for (const std::string& word : test.allow) {
    const auto equals = word.find('=');
    options.allow[word.substr(0, equals)] = equals == std::string::npos ? "" : word.substr(equals + 1);
  }
  return repair_policy(options, {}, catalog);
}

void run_case(const TestCase& test, const Catalog& catalog, CommandContext& context, Outcome& outcome) {
  const TemporaryDirectory root;
  ScanRequest request;
  const GivenStores stores = make_stores(test, root.path(), catalog, context.fixtures);
  request.profiles = {stores.request};
  request.include = test.checks;
  request.now = test.now;
  request.grace = test.grace.value_or(request.grace);
  const FileStates before = file_states(root.path());
  {
    ScanResult result = scan(catalog, request, context.cancel, {}, {});
    result.report.now = test.now;
    count_findings(result.report);
    make_plan(catalog.checks(), result, policy_of(test, catalog), test.now);
    outcome.differences = compare_case(test, result.report, exit_code(result.report, FailOn::warning));
  }
  compare_files(before, file_states(root.path()), outcome.differences);
  if (!outcome.differences.empty()) return;
  RepairPolicy policy = policy_of(test, catalog);
  policy.max_fraction = 1;  // cases are small
  const TemporaryDirectory state;
  try {
    outcome.differences = round_trip(request, policy, catalog, test.left, root.path(), state.path(), context);
  } catch (const NotWritable&) {
    outcome.untried = true;
  }
}

Outcome try_case(const std::string& directory, const Catalog& catalog, CommandContext& context) {
  Outcome outcome;
  outcome.directory = directory;
  try {
    const TestCase test = read_case(directory);
    outcome.title = test.title;
    run_case(test, catalog, context, outcome);
  } catch (const Error& error) {
    outcome.differences.push_back(std::string("error: ") + error.what() +
                                  (error.hint().empty() ? "" : "\n  hint: " + error.hint()));
  } catch (const std::exception& error) {
    outcome.differences.push_back(std::string("error: ") + error.what());
  }
  return outcome;
}

std::vector<Outcome> run_cases(const std::vector<std::string>& directories, const Catalog& catalog,
                               CommandContext& context, int jobs) {
  std::vector<Outcome> outcomes(directories.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < directories.size() && !context.cancel.requested; i = next++) {
      outcomes[i] = try_case(directories[i], catalog, context);
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

}  // namespace

int run_test(Invocation& invocation) {
  const auto catalog = make_catalog(invocation);
  const auto directories = find_cases(invocation.operands);
  if (directories.empty()) {
    throw Error(ErrorKind::usage, "audit test: there is no case at or below " + invocation.operands.front(),
                "a case is a directory with an expect.json");
  }
  const int jobs = invocation.options.jobs.value_or(usual_jobs());
  const auto outcomes = run_cases(directories, *catalog, invocation.context, jobs);
  std::size_t failed = 0;
  for (const Outcome& outcome : outcomes) {
    if (outcome.differences.empty()) continue;
    ++failed;
    print_failure(invocation.context.out, outcome);
  }
  std::ostream& out = invocation.context.out;
  const auto untried = std::count_if(outcomes.begin(), outcomes.end(), [](const Outcome& outcome) { return outcome.untried; });
  if (untried > 0) out << untried << (untried == 1 ? " plan was" : " plans were") << " not made real: nothing writes through an adapter of the case\n";
  out << outcomes.size() << (outcomes.size() == 1 ? " case: " : " cases: ") << outcomes.size() - failed << " passed, " << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace audit
