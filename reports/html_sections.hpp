#pragma once
// The parts of the HTML page.

#include <iosfwd>
#include <string_view>
#include <vector>

#include "reports/digest.hpp"

namespace audit::html_report {

// What the page is made with: written into it, so that it needs no network.
[[nodiscard]] std::string_view style_sheet();
[[nodiscard]] std::string_view script();

void write_head(const Report& report, std::ostream& out);
void write_summary(const Report& report, std::ostream& out);

// Findings by store, by scope where there are several, and over the earlier runs where there are some.
void write_charts(const Report& report, std::ostream& out);

void write_filters(const Report& report, const std::vector<CheckDigest>& checks, std::ostream& out);
void write_findings(const Report& report, const std::vector<CheckDigest>& checks, std::ostream& out);

void write_plan(const Plan& plan, std::ostream& out);

// Stores and checks: what was read and what ran.
void write_coverage(const Report& report, std::ostream& out);

}  // namespace audit::html_report
