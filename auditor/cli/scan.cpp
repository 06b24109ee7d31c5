// audit scan: the audit and the plan, and nothing changed.

#include "auditor/cli/planned_scan.hpp"

namespace audit {

int run_scan(Invocation& invocation) {
  PlannedScan audit(invocation, "dry-run");
  return audit.tell_failure([&] {
    ScanResult result = audit.run();
    result.profiles.clear();  // the plan is made: give the stores' read locks back before anything is written
    audit.describe(result.report);
    return audit.conclude(result.report);
  });
}

}  // namespace audit
