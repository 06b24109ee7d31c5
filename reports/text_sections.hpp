#pragma once
// The parts of the report for people, in the order in which they appear.

#include <vector>

#include "auditor/model/report.hpp"
#include "reports/text_groups.hpp"
#include "reports/text_page.hpp"

namespace audit::text_report {

// The report, what was worked out of it, and where it goes. Lives as long as the writing.
struct View {
  const Report& report;
  std::vector<ProfileGroups> profiles;
  std::vector<Failure> failures;
  CheckCounts checks;
  Page& page;
};

[[nodiscard]] bool is_incomplete(const Report& report);
// Nothing found, nothing failed, nothing to change, and at least one check ran.
[[nodiscard]] bool is_clean(const View& view);

void write_clean(const View& view);

void write_header(const View& view);
void write_incomplete(const View& view, const char* consequence);
void write_unreadable(const View& view);
void write_sources(const View& view);

void write_findings(const View& view);

void write_summary(const View& view);
void write_plan(const View& view);
void write_next(const View& view);

}  // namespace audit::text_report
