#include "auditor/cli/test_trial.hpp"

#include "auditor/repair/planner.hpp"

namespace audit {

ScanRequest trial_request(const TestCase& test, const GivenStores& stores) {
  ScanRequest request;
  request.profiles = {stores.request};
  request.include = test.checks;
  request.now = test.now;
  request.grace = test.grace.value_or(request.grace);
  return request;
}

RepairPolicy trial_policy(const TestCase& test, const Catalog& catalog) {
  Options options;
  options.unsafe = test.unsafe;
  for (const std::string& word : test.allow) {
    const auto equals = word.find('=');
    options.allow[word.substr(0, equals)] = equals == std::string::npos ? "" : word.substr(equals + 1);
  }
  RepairPolicy policy = repair_policy(options, {}, catalog);
  policy.on_paper = true;
  return policy;
}

Trial try_stores(const TestCase& test, const ScanRequest& request, const Catalog& catalog, const Cancellation& cancel) {
  Trial trial;
  trial.result = scan(catalog, request, cancel, {}, {});
  trial.result.report.now = test.now;
  count_findings(trial.result.report);
  make_plan(catalog.checks(), trial.result, trial_policy(test, catalog), test.now);
  trial.exit = exit_code(trial.result.report, FailOn::warning);
  return trial;
}

}  // namespace audit
