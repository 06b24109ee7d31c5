#pragma once
// Whether the findings of a run are bad enough to stop something: the gate of a pipeline.

#include <cstdint>
#include <map>
#include <string>

#include "auditor/model/report.hpp"

namespace audit {

struct GateCheck {
  std::int64_t counted = 0;  // new findings at or above the severity, over all profiles
  std::int64_t allowed = 0;
  [[nodiscard]] bool passed() const { return counted <= allowed; }
};

// Checks with findings that count, by id. Whether the audit is complete is another question.
struct Gate {
  std::map<std::string, GateCheck> checks;
  [[nodiscard]] bool passed() const;
};

[[nodiscard]] bool reaches(Severity severity, FailOn fail_on);
// A check passes with as many new findings as it is allowed.
[[nodiscard]] Gate judge(const Report& report, FailOn fail_on);

}  // namespace audit
