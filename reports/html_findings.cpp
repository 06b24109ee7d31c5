// The findings, by check, and what chooses among them.

#include <algorithm>
#include <ostream>
#include <set>

#include "reports/display.hpp"
#include "reports/html_sections.hpp"
#include "reports/json_values.hpp"
#include "reports/markup.hpp"

namespace audit::html_report {

namespace {

constexpr std::int64_t kOpen = 25;       // a longer list is folded at first
constexpr std::size_t kMembers = 20;     // of a list in the evidence
constexpr std::size_t kLongest = 2'000;  // bytes of one value

std::string source_of(const Finding& finding) { return finding.profile + "/" + finding.subject.source; }

std::string short_text(const std::string& text) {
  return markup(text.size() > kLongest ? text.substr(0, kLongest) + "…" : text);
}

std::string value_text(const std::string& name, const Value& value) {
  if (is_null(value)) return "NULL";
  const auto* at = std::get_if<std::int64_t>(&value);
  if (at != nullptr && is_time_column(name)) return json_report::rfc3339(*at);
  return short_text(to_text(value));
}

void write_evidence(const Finding& finding, std::ostream& out) {
  if (finding.evidence.empty()) return;
  out << "<dl>";
  for (const Evidence& fact : finding.evidence) {
    out << "<dt>" << markup(fact.name) << "</dt><dd>";
    if (!fact.is_list) out << value_text(fact.name, fact.value);
    for (std::size_t i = 0; i < fact.many.size() && i < kMembers; ++i) {
      out << (i > 0 ? ", " : "") << value_text(fact.name, fact.many[i]);
    }
    if (fact.many.size() > kMembers) out << " and " << fact.many.size() - kMembers << " more";
    out << "</dd>";
  }
  out << "</dl>";
}

void write_repair(const Finding& finding, std::ostream& out) {
  if (finding.status != FindingStatus::fresh) {
    out << "<span class=\"tag\">" << to_string(finding.status) << "</span>";
    return;
  }
  for (const OfferedRepair& repair : finding.repairs) {
    out << "<span class=\"tag" << (repair.selected ? " planned" : "") << "\" title=\"" << to_string(repair.applicability)
        << (repair.selected ? ", planned" : "") << "\">" << (repair.selected ? "→ " : "") << markup(repair.name)
        << (repair.applicability == Applicability::safe ? "" : std::string(" (") + to_string(repair.applicability) + ")")
        << "</span> ";
  }
}

void write_row(const Finding& finding, std::ostream& out) {
  out << "<tr class=\"finding\" data-severity=\"" << to_string(finding.severity) << "\" data-source=\""
      << markup(source_of(finding)) << "\"><td><span class=\"dot " << to_string(finding.severity) << "\" title=\""
      << to_string(finding.severity) << "\"></span></td><td class=\"id\">" << short_text(finding.subject.id) << "<small>"
      << markup(finding.subject.relation + " in " + finding.subject.source)
      << (finding.subject.scope.empty() ? "" : " · ") << markup(finding.subject.scope) << "</small></td><td>"
      << short_text(finding.message);
  if (!finding.evidence.empty()) {
    out << "<details class=\"evidence\"><summary>evidence</summary>";
    write_evidence(finding, out);
    out << "</details>";
  }
  out << "</td><td class=\"repair\">";
  write_repair(finding, out);
  out << "</td></tr>\n";
}

void write_check(const Report& report, const CheckDigest& check, std::ostream& out) {
  const bool open = check.open() <= kOpen && check.severity != Severity::note;
  out << "<details class=\"check\" data-check=\"" << markup(check.check) << "\" data-profile=\"" << markup(check.profile)
      << '"' << (open ? " open" : "") << "><summary><span class=\"badge " << to_string(check.severity) << "\">"
      << to_string(check.severity) << "</span> <b>" << markup(check.check) << "</b> <span class=\"count\">"
      << grouped(check.open()) << "</span> <span class=\"title\">" << markup(check.title())
      << "</span> <span class=\"profile\">" << markup(check.profile) << "</span></summary>\n";
  if (check.report != nullptr) {
    out << "<p class=\"why\">" << markup(check.report->why);
    if (!check.report->safety.empty()) out << "<br><b>Repair:</b> " << markup(check.report->safety);
    out << "</p>\n";
  }
  out << "<table>\n";
  Finding finding;
  for (const std::size_t position : check.shown) {
    report.findings.read(position, finding);
    write_row(finding, out);
  }
  out << "</table>\n";
  const auto more = check.open() - static_cast<std::int64_t>(check.shown.size());
  if (more > 0) out << "<p class=\"more\">" << grouped(more) << " more are not on this page; json and jsonl have all.</p>\n";
  out << "</details>\n";
}

void write_option(std::ostream& out, const std::string& value) {
  out << "<option value=\"" << markup(value) << "\">" << markup(value) << "</option>";
}

}  // namespace

void write_filters(const Report& report, const std::vector<CheckDigest>& checks, std::ostream& out) {
  if (checks.empty()) return;
  std::set<std::string> sources;
  std::set<std::string> names;
  for (const CheckDigest& check : checks) {
    names.insert(check.check);
    for (const std::size_t position : check.shown) sources.insert(source_of(report.findings[position]));
  }
  out << "<form id=\"filters\" role=\"search\">\n<input id=\"search\" type=\"search\" placeholder=\"search: id, message, "
         "evidence\" aria-label=\"search\">\n";
  for (const auto& [name, number] : {std::pair("error", report.summary.errors), std::pair("warning", report.summary.warnings),
                                     std::pair("note", report.summary.notes)}) {
    out << "<label class=\"chip " << name << "\"><input type=\"checkbox\" name=\"severity\" value=\"" << name
        << "\" checked>" << name << " <small>" << grouped(number) << "</small></label>\n";
  }
  out << "<select id=\"source\" aria-label=\"store\"><option value=\"\">all stores</option>";
  for (const std::string& source : sources) write_option(out, source);
  out << "</select>\n<select id=\"check\" aria-label=\"check\"><option value=\"\">all checks</option>";
  for (const std::string& name : names) write_option(out, name);
  out << "</select>\n<button type=\"reset\">clear</button>\n<output id=\"shown\"";
  std::int64_t more = 0;
  for (const CheckDigest& check : checks) more += check.open() - static_cast<std::int64_t>(check.shown.size());
  if (more > 0) out << " data-more=\"" << grouped(more) << '"';
  out << "></output>\n</form>\n";
}

void write_findings(const Report& report, const std::vector<CheckDigest>& checks, std::ostream& out) {
  if (checks.empty()) {
    out << "<p class=\"nothing\">" << (report.complete ? "Nothing was found." : "Nothing was found in what could be read.")
        << "</p>\n";
    return;
  }
  for (const CheckDigest& check : checks) write_check(report, check, out);
  out << "<p id=\"nothing\" class=\"nothing\" hidden>No finding fits the filter.</p>\n";
  if (report.absent.empty()) return;
  out << "<details class=\"absent\"><summary>" << report.absent.size() << " of the baseline gone</summary>\n<ul>\n";
  for (std::size_t i = 0; i < report.absent.size() && i < 500; ++i) {
    out << "<li>" << markup(report.absent[i].check) << ": " << short_text(report.absent[i].subject) << "</li>\n";
  }
  out << "</ul>\n</details>\n";
}

}  // namespace audit::html_report
