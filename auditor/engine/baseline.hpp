#pragma once
// Findings that somebody has accepted: they are reported, but neither count nor are planned.
//
//   { "schema": "audit-baseline/1",
//     "findings": [{"fingerprint": "…", "check": "…", "subject": "…", "reason": "…", "expires":
//     "2026-12-31T00:00:00Z"}] }
//
// An entry with a reason is a finding that somebody decided about: it is `suppressed`. One without was there when the
// baseline was written: it is `baseline`.

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/report.hpp"

namespace audit {

struct BaselineEntry {
  std::string fingerprint;
  std::string check;    // for people
  std::string subject;  // for people
  std::string reason;
  std::optional<std::int64_t> expires;  // ms; from then on the finding counts again
};

struct Baseline {
  std::vector<BaselineEntry> entries;
};

// Throws Error(config) that names the file and the line.
[[nodiscard]] Baseline parse_baseline(const std::string& text, const std::string& file);
[[nodiscard]] Baseline read_baseline(const std::string& file);

// New findings that have an entry which has not expired at `now` (ms) become `baseline` or `suppressed`; the summary is
// counted again. Entries whose check ran everywhere it was asked for and whose finding is not there become
// report.absent.
void apply_baseline(const Baseline& baseline, std::int64_t now, Report& report);

// All new and accepted findings of the report, in its order. Entries of `previous` keep their reason, and their date
// while it has not passed; those whose check did not run this time stay as they are.
[[nodiscard]] Baseline make_baseline(const Report& report, const Baseline& previous, std::int64_t now);
void write_baseline(const Baseline& baseline, std::ostream& out);

// Counts findings by status and severity into report.summary; leaves what the planner counts.
void count_findings(Report& report);

}  // namespace audit
