#pragma once
// One audit of the stores of a case, as `audit test` makes it.

#include "auditor/cli/setup.hpp"
#include "auditor/cli/test_case.hpp"
#include "auditor/cli/test_stores.hpp"

namespace audit {

[[nodiscard]] ScanRequest trial_request(const TestCase& test, const GivenStores& stores);
[[nodiscard]] RepairPolicy trial_policy(const TestCase& test, const Catalog& catalog);

struct Trial {
  ScanResult result;  // with its plan
  int exit = 0;       // with --fail-on warning
};
[[nodiscard]] Trial try_stores(const TestCase& test, const ScanRequest& request, const Catalog& catalog, const Cancellation& cancel);

}  // namespace audit
