#pragma once
// Findings as people look at them: by profile, then by check.

#include <cstdint>
#include <string>
#include <vector>

#include "auditor/model/report.hpp"

namespace audit::text_report {

// The findings of one check with one severity in one profile.
struct Group {
  std::string check;
  std::string title;
  Severity severity = Severity::error;
  std::vector<std::uint32_t> findings;  // positions in the report's list, in its order, refused ones first
};

struct ProfileGroups {
  std::string profile;
  std::vector<Group> groups;  // worst first, then the most numerous
};

// Points into the report. Leaves out what a baseline or a suppression accepts; profiles in the order of the report's
// sources.
[[nodiscard]] std::vector<ProfileGroups> group_findings(const Report& report);

// How many checks ran, could not apply and failed; a check that was asked of several profiles counts once, by the
// worst.
struct CheckCounts {
  std::int64_t ran = 0;
  std::int64_t not_applicable = 0;
  std::int64_t failed = 0;
};
[[nodiscard]] CheckCounts count_checks(const Report& report);

// Checks of one profile that failed for one reason.
struct Failure {
  std::string profile;
  std::string reason;
  std::vector<std::string> checks;
};
[[nodiscard]] std::vector<Failure> group_failures(const Report& report);

}  // namespace audit::text_report
