#pragma once
// The findings of every check, counted; the first of them to show. Takes memory for the checks, not for the findings.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "auditor/model/report.hpp"

namespace audit {

struct CheckDigest {
  std::string profile;
  std::string check;
  const CheckReport* report = nullptr;  // nullptr: the run says nothing about the check
  std::array<std::int64_t, 3> fresh{};  // new findings by Severity
  std::int64_t accepted = 0;            // baseline and suppressed
  std::int64_t settled = 0;             // repaired, dropped, refused
  Severity severity = Severity::note;   // worst of those that are not accepted
  std::vector<std::size_t> shown;       // positions of the first ones that are not accepted, in the report's order

  [[nodiscard]] std::int64_t new_findings() const { return fresh[0] + fresh[1] + fresh[2]; }
  // Findings that are not accepted.
  [[nodiscard]] std::int64_t open() const { return new_findings() + settled; }
  [[nodiscard]] const std::string& title() const;
};

// One for every check of the report and for every check that has findings, in the report's order. At most `cap` findings
// are shown of each. Points into the report and its list of findings.
[[nodiscard]] std::vector<CheckDigest> digest(const Report& report, std::size_t cap);
// Only those with findings that are not accepted: worst first, then the most numerous.
[[nodiscard]] std::vector<CheckDigest> worst_first(std::vector<CheckDigest> digests);

// How many checks ran, did not apply, and failed; each once, by the worst over the profiles.
struct CheckTotals {
  std::int64_t ran = 0;
  std::int64_t not_applicable = 0;
  std::int64_t failed = 0;
};
[[nodiscard]] CheckTotals check_totals(const Report& report);

// What kept the audit from being whole, a line each: "agenterm db (FILE) could not be read: …"; checks that failed for
// one reason are one line.
[[nodiscard]] std::vector<std::string> troubles(const Report& report);

// "4 errors, 1 warning"; notes only when there are some.
[[nodiscard]] std::string totals_text(const Summary& summary);

// "all safe", or how many of each.
[[nodiscard]] std::string safety_text(const Plan& plan);

// Where the store of a finding is, for formats that want a file: its path, or PROFILE/SOURCE where it is none.
[[nodiscard]] std::string store_path(const Report& report, const std::string& profile, const std::string& source);

}  // namespace audit
