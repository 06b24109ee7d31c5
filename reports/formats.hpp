#pragma once
// The report formats that the program has.

#include <memory>
#include <vector>

#include "auditor/model/report.hpp"

namespace audit {

// For people: grouped by check, with what to type next.
[[nodiscard]] std::unique_ptr<ReportFormat> make_text_report();
// One document "audit-report/1" (docs/audit-report-1.schema.json), written as it goes.
[[nodiscard]] std::unique_ptr<ReportFormat> make_json_report();
// The same objects, one per line, each with a "type": first the run, last the summary.
[[nodiscard]] std::unique_ptr<ReportFormat> make_jsonl_report();
// For continuous integration: JUnit XML with a test case per check and per store; SARIF 2.1.0; a comment in Markdown;
// workflow commands of GitHub; the code quality report of GitLab.
[[nodiscard]] std::unique_ptr<ReportFormat> make_junit_report();
[[nodiscard]] std::unique_ptr<ReportFormat> make_sarif_report();
[[nodiscard]] std::unique_ptr<ReportFormat> make_markdown_report();
[[nodiscard]] std::unique_ptr<ReportFormat> make_github_report();
[[nodiscard]] std::unique_ptr<ReportFormat> make_gitlab_report();
// One page for a browser, without network.
[[nodiscard]] std::unique_ptr<ReportFormat> make_html_report();
// Metrics for the textfile collector.
[[nodiscard]] std::unique_ptr<ReportFormat> make_prometheus_report();

// In the order in which they are offered.
[[nodiscard]] const std::vector<ReportFormatEntry>& report_formats();

}  // namespace audit
