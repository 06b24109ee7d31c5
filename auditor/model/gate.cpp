#include "auditor/model/gate.hpp"

#include <algorithm>

namespace audit {

bool reaches(Severity severity, FailOn fail_on) {
  switch (fail_on) {
    case FailOn::note:
      return true;
    case FailOn::warning:
      return severity != Severity::note;
    case FailOn::error:
      return severity == Severity::error;
    case FailOn::never:
      break;
  }
  return false;
}

bool Gate::passed() const {
  return std::all_of(checks.begin(), checks.end(), [](const auto& check) { return check.second.passed(); });
}

Gate judge(const Report& report, FailOn fail_on) {
  Gate gate;
  for (const Finding& finding : report.findings.heads()) {
    if (still_stands(finding.status) && reaches(finding.severity, fail_on)) ++gate.checks[finding.check].counted;
  }
  for (const CheckReport& check : report.checks) {
    const auto found = gate.checks.find(check.check);
    if (found != gate.checks.end()) found->second.allowed = std::max(found->second.allowed, check.allowed);
  }
  return gate;
}

}  // namespace audit
