// Markdown that fits a comment on a pull request: the summary first, the details folded, all of it below the limit.

#include <algorithm>
#include <ostream>

#include "auditor/model/gate.hpp"
#include "reports/digest.hpp"
#include "reports/display.hpp"
#include "reports/formats.hpp"
#include "reports/markup.hpp"

namespace audit {
namespace {

constexpr std::size_t kRoom = 60'000;  // bytes; the services take 65,536 characters
constexpr std::size_t kShown = 20;     // findings of a check
constexpr std::size_t kShownChanges = 50;
constexpr std::size_t kLongest = 600;  // bytes of one piece of text

// Text of the stores. In <code>, so that nothing in it is a mention, a link or markup.
std::string code(std::string_view text) {
  std::string cut(text.substr(0, kLongest));
  if (text.size() > kLongest) cut += "…";
  return "<code>" + markdown_code(cut) + "</code>";
}

std::string cells_text(const Cells& cells) {
  std::string text;
  for (const auto& [column, value] : cells) {
    text += (text.empty() ? "" : ", ") + column + " = " + (is_null(value) ? "NULL" : to_text(value));
  }
  return text;
}

// What an update changes; a whole row otherwise.
Cells changed(const Change& change, const Cells& cells, const Cells& other) {
  if (change.op != ChangeOp::update) return cells;
  Cells result;
  for (const auto& cell : cells) {
    if (std::find(other.begin(), other.end(), cell) == other.end()) result.push_back(cell);
  }
  return result;
}

// Takes pieces as long as there is room for them.
class Paper {
 public:
  explicit Paper(std::ostream& out) : out_(out) {}
  void must(const std::string& text) {
    out_ << text;
    used_ += text.size();
  }
  // False when it no longer fits; nothing is written then, and nothing more is taken.
  bool take(const std::string& text) {
    full_ = full_ || used_ + text.size() > kRoom;
    if (!full_) must(text);
    return !full_;
  }

 private:
  std::ostream& out_;
  std::size_t used_ = 0;
  bool full_ = false;
};

class MarkdownReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle&, std::ostream& out) const override {
    Paper paper(out);
    const auto checks = worst_first(digest(report, kShown));
    write_head(paper, report);
    write_troubles(paper, report);
    write_table(paper, checks);
    bool whole = true;
    for (const CheckDigest& check : checks) whole = paper.take(details(report, check)) && whole;
    if (!report.plan.changes.empty()) whole = paper.take(plan(report.plan)) && whole;
    if (!whole) out << "\n_There is more; the other formats have all of it._\n";
  }

 private:
  static void write_head(Paper& paper, const Report& report) {
    const bool passed = judge(report, report.fail_on).passed();
    const bool none = report.summary.errors + report.summary.warnings + report.summary.notes == 0;
    std::string text = "### audit: " + std::string(report.complete ? "" : "INCOMPLETE, ");
    text += !none ? totals_text(report.summary) : report.complete ? "nothing new is wrong" : "nothing found in what could be read";
    text += std::string("\n\n**gate ") + (!report.complete ? "failed: the audit is incomplete" : passed ? "passed" : "failed");
    text += std::string("** (fails on ") + to_string(report.fail_on) + ")";
    const CheckTotals totals = check_totals(report);
    text += " · " + counted(totals.ran, "check") + " ran";
    if (totals.not_applicable > 0) text += ", " + grouped(totals.not_applicable) + " not applicable";
    if (totals.failed > 0) text += ", " + grouped(totals.failed) + " failed";
    if (report.summary.baseline > 0) text += " · " + grouped(report.summary.baseline) + " in the baseline";
    if (report.summary.suppressed > 0) text += " · " + grouped(report.summary.suppressed) + " suppressed";
    if (!report.absent.empty()) {
      text += " · " + grouped(static_cast<std::int64_t>(report.absent.size())) + " of the baseline gone";
    }
    text += " · " + duration_text(report.duration_ms) + "\n";
    paper.must(text);
  }

  static void write_troubles(Paper& paper, const Report& report) {
    const auto lines = troubles(report);
    std::string text;
    for (std::size_t i = 0; i < lines.size() && i < kShown; ++i) text += "- " + code(lines[i]) + "\n";
    if (lines.size() > kShown) text += "- " + std::to_string(lines.size() - kShown) + " more\n";
    if (!text.empty()) paper.take("\n" + text);
  }

  static void write_table(Paper& paper, const std::vector<CheckDigest>& checks) {
    if (checks.empty()) return;
    paper.must("\n| severity | check | findings | what is wrong |\n|---|---|--:|---|\n");
    for (const CheckDigest& check : checks) {
      const bool fits = paper.take(std::string("| ") + to_string(check.severity) + " | " + code(check.check) + " | " +
                                   grouped(check.open()) + " | " + markdown_code(check.title()) + " |\n");
      if (!fits) return;
    }
  }

  static std::string details(const Report& report, const CheckDigest& check) {
    std::string text = "\n<details><summary>" + code(check.check) + " in " + code(check.profile) + ": " +
                       counted(check.open(), "finding") + "</summary>\n<p>";
    if (check.report != nullptr) text += markdown_code(check.report->why);
    text += "</p>\n<ul>\n";
    for (const std::size_t position : check.shown) text += "<li>" + code(report.findings[position].message) + "</li>\n";
    const auto more = check.open() - static_cast<std::int64_t>(check.shown.size());
    if (more > 0) text += "<li>" + grouped(more) + " more</li>\n";
    return text + "</ul>\n</details>\n";
  }

  static std::string plan(const Plan& plan) {
    std::string text = "\n<details><summary>plan " + code(plan.id.substr(0, 8)) + ": " +
                       counted(static_cast<std::int64_t>(plan.changes.size()), "change") + ", " + safety_text(plan) +
                       "</summary>\n<table>\n<tr><th>change</th><th>row</th><th>before</th><th>after</th></tr>\n";
    for (std::size_t i = 0; i < plan.changes.size() && i < kShownChanges; ++i) {
      const Change change = plan.changes[i];
      text += std::string("<tr><td>") + to_string(change.op) + " " + code(change.relation) + "</td><td>" +
              code(cells_text(change.key)) + "</td><td>" + code(cells_text(changed(change, change.before, change.after))) +
              "</td><td>" + code(cells_text(changed(change, change.after, change.before))) + "</td></tr>\n";
    }
    text += "</table>\n";
    if (plan.changes.size() > kShownChanges) {
      text += "<p>" + grouped(static_cast<std::int64_t>(plan.changes.size() - kShownChanges)) + " more changes</p>\n";
    }
    if (!plan.refused.empty()) text += "<p>refused: " + code(plan.refused) + "</p>\n";
    return text + "</details>\n";
  }
};

}  // namespace

std::unique_ptr<ReportFormat> make_markdown_report() { return std::make_unique<MarkdownReport>(); }

}  // namespace audit
