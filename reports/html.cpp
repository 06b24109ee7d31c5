#include <algorithm>
#include <ostream>

#include "auditor/model/gate.hpp"
#include "reports/display.hpp"
#include "reports/formats.hpp"
#include "reports/html_sections.hpp"
#include "reports/json_values.hpp"
#include "reports/markup.hpp"

namespace audit {

namespace html_report {

namespace {

void card(std::ostream& out, const char* kind, std::int64_t number, const char* one, const char* many) {
  out << "<div class=\"card " << kind << (number == 0 ? " none" : "") << "\"><b>" << grouped(number) << "</b><span>"
      << (number == 1 ? one : many) << "</span></div>\n";
}

}  // namespace

void write_head(const Report& report, std::ostream& out) {
  const std::string title = "audit: " + std::string(report.complete ? "" : "INCOMPLETE, ") + totals_text(report.summary);
  out << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
         "script-src 'unsafe-inline'\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
      << markup(title) << "</title>\n<style>\n"
      << style_sheet() << "</style>\n</head>\n<body>\n";
}

void write_summary(const Report& report, std::ostream& out) {
  const Gate gate = judge(report, report.fail_on);
  const bool passed = report.complete && gate.passed();
  const CheckTotals totals = check_totals(report);
  out << "<header>\n<h1>audit</h1>\n<span id=\"gate\" class=\"pill " << (passed ? "good" : "bad") << "\">"
      << (report.complete ? "gate " : "incomplete: gate ") << (passed ? "passed" : "failed")
      << "</span>\n<span class=\"meta\">" << markup(report.mode) << " at <time>"
      << json_report::rfc3339(report.started_at) << "</time> · " << duration_text(report.duration_ms) << " · "
      << counted(totals.ran, "check") << " ran";
  if (totals.not_applicable > 0) out << ", " << grouped(totals.not_applicable) << " not applicable";
  if (totals.failed > 0) out << ", " << grouped(totals.failed) << " failed";
  out << " · version " << markup(report.version)
      << "</span>\n<button id=\"theme\" type=\"button\" title=\"dark or light\">◐</button>\n</header>\n<div class=\"cards\">\n";
  card(out, "error", report.summary.errors, "error", "errors");
  card(out, "warning", report.summary.warnings, "warning", "warnings");
  card(out, "note", report.summary.notes, "note", "notes");
  card(out, "plain", static_cast<std::int64_t>(report.plan.changes.size()), "planned change", "planned changes");
  if (report.has_baseline) {
    card(out, "plain", report.summary.baseline + report.summary.suppressed, "accepted", "accepted");
    card(out, "plain", static_cast<std::int64_t>(report.absent.size()), "of the baseline gone", "of the baseline gone");
  }
  out << "</div>\n";
}

void write_coverage(const Report& report, std::ostream& out) {
  out << "<details class=\"coverage\"><summary>Stores and checks</summary>\n<table><tr><th>store</th><th>where</th>"
         "<th>state</th></tr>\n";
  for (const SourceReport& source : report.sources) {
    const std::string counts = counts_text(source.counts);
    out << "<tr><td>" << markup(source.profile + " " + source.name) << "</td><td>" << markup(source.location) << "</td><td>"
        << markup(source.status == "ok" ? (counts.empty() ? "ok" : counts)
                                        : source.status + (source.needed ? ": " : ", not needed: ") + source.detail)
        << "</td></tr>\n";
  }
  out << "</table>\n<table><tr><th>check</th><th>profile</th><th>state</th><th>findings</th><th>time</th></tr>\n";
  for (const CheckReport& check : report.checks) {
    out << "<tr><td>" << markup(check.check) << "</td><td>" << markup(check.profile) << "</td><td>"
        << to_string(check.status) << (check.reason.empty() ? "" : ": ") << markup(check.reason) << "</td><td class=\"n\">"
        << grouped(check.findings) << "</td><td class=\"n\">" << duration_text(check.duration_ms) << "</td></tr>\n";
  }
  out << "</table>\n</details>\n";
}

}  // namespace html_report

namespace {

using namespace html_report;

constexpr std::size_t kRows = 5'000;  // findings on the page
constexpr std::size_t kLeast = 20;    // of each check

// As many of each check as fit on a page that a browser can still handle: what checks with few findings leave is for those with many.
std::size_t shown_of_each(const Report& report) {
  std::vector<std::size_t> numbers;
  for (const CheckDigest& check : digest(report, 0)) numbers.push_back(static_cast<std::size_t>(check.open()));
  std::sort(numbers.begin(), numbers.end());
  std::size_t room = kRows;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::size_t share = room / (numbers.size() - i);
    if (numbers[i] > share) return std::max(kLeast, share);
    room -= numbers[i];
  }
  return kRows;
}

void write_troubles(const Report& report, std::ostream& out) {
  for (const std::string& trouble : troubles(report)) out << "<p class=\"problem\">" << markup(trouble) << "</p>\n";
}

class HtmlReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle&, std::ostream& out) const override {
    const auto checks = worst_first(digest(report, shown_of_each(report)));
    write_head(report, out);
    html_report::write_summary(report, out);
    write_troubles(report, out);
    write_charts(report, out);
    out << "<main>\n<h2>Findings</h2>\n";
    write_filters(report, checks, out);
    html_report::write_findings(report, checks, out);
    html_report::write_plan(report.plan, out);
    write_coverage(report, out);
    out << "</main>\n<script>\n" << script() << "</script>\n</body>\n</html>\n";
  }
  [[nodiscard]] bool wants_past_runs() const override { return true; }
};

}  // namespace

std::unique_ptr<ReportFormat> make_html_report() { return std::make_unique<HtmlReport>(); }

}  // namespace audit
