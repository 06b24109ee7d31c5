// Charts: findings by store and by scope, and over time.

#include <algorithm>
#include <array>
#include <map>
#include <ostream>

#include "reports/display.hpp"
#include "reports/html_sections.hpp"
#include "reports/json_values.hpp"
#include "reports/markup.hpp"

namespace audit::html_report {

namespace {

using Counts = std::array<std::int64_t, 3>;  // by Severity

constexpr std::size_t kBars = 15;
constexpr std::size_t kRuns = 60;

std::int64_t sum(const Counts& counts) { return counts[0] + counts[1] + counts[2]; }

struct Bar {
  std::string name;
  std::string filter;  // store that a click chooses; "" = none
  std::string detail;
  Counts counts{};
};

void write_bar(const Bar& bar, std::int64_t most, std::ostream& out) {
  out << "<div class=\"bar\"";
  if (!bar.filter.empty()) out << " data-source=\"" << markup(bar.filter) << "\" role=\"button\" tabindex=\"0\"";
  out << "><span class=\"name\">" << markup(bar.name) << "<small>" << markup(bar.detail)
      << "</small></span><span class=\"track\">";
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    const std::int64_t number = bar.counts.at(static_cast<std::size_t>(severity));
    if (number == 0) continue;
    // At least a sliver: few errors among thousands of notes must be seen.
    const double share = std::max(1.0, 100.0 * static_cast<double>(number) / static_cast<double>(std::max<std::int64_t>(most, 1)));
    out << "<i class=\"" << to_string(severity) << "\" style=\"width:" << static_cast<int>(share) << "%\" title=\""
        << counted(number, to_string(severity)) << "\"></i>";
  }
  out << "</span><span class=\"n\">" << grouped(sum(bar.counts)) << "</span></div>\n";
}

void write_bars(const char* title, std::vector<Bar> bars, std::ostream& out) {
  std::int64_t most = 0;
  for (const Bar& bar : bars) most = std::max(most, sum(bar.counts));
  const std::size_t hidden = bars.size() - std::min(bars.size(), kBars);
  bars.resize(bars.size() - hidden);
  out << "<section class=\"chart\"><h3>" << title << "</h3>\n";
  for (const Bar& bar : bars) write_bar(bar, most, out);
  if (hidden > 0) out << "<p class=\"more\">and " << hidden << " more</p>\n";
  out << "</section>\n";
}

void sort_bars(std::vector<Bar>& bars) {
  std::stable_sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) {
    return std::pair(a.counts[2], sum(a.counts)) > std::pair(b.counts[2], sum(b.counts));
  });
}

std::vector<Bar> store_bars(const Report& report, const std::map<std::pair<std::string, std::string>, Counts>& counts) {
  std::vector<Bar> bars;
  for (const SourceReport& source : report.sources) {
    Bar bar{source.profile + " " + source.name, source.profile + "/" + source.name, source.status, {}};
    if (source.status == "ok") bar.detail = counts_text(source.counts);
    if (const auto found = counts.find({source.profile, source.name}); found != counts.end()) bar.counts = found->second;
    bars.push_back(std::move(bar));
  }
  return bars;
}

double column_width(std::size_t runs) { return 600.0 / static_cast<double>(std::max<std::size_t>(runs, 12)); }

void write_column(std::ostream& out, const PastRun& run, std::size_t at, std::int64_t most, std::size_t runs) {
  const double width = column_width(runs);
  const double x = 30 + static_cast<double>(at) * width;
  double y = 110;
  out << "<g><title>" << markup(run.started_at) << " " << markup(run.mode) << ": " << run.errors << " errors, " << run.warnings
      << " warnings, " << run.notes << " notes" << (run.complete ? "" : " (incomplete)") << "</title>";
  for (const auto& [name, number] : {std::pair("note", run.notes), std::pair("warning", run.warnings), std::pair("error", run.errors)}) {
    const double height = 100.0 * static_cast<double>(number) / static_cast<double>(std::max<std::int64_t>(most, 1));
    y -= height;
    out << "<rect class=\"" << name << "\" x=\"" << x << "\" y=\"" << y << "\" width=\"" << width * 0.8 << "\" height=\""
        << height << "\"/>";
  }
  // Something to point at, also where nothing was found.
  out << "<rect class=\"ground" << (run.complete ? "" : " broken") << "\" x=\"" << x << "\" y=\"110\" width=\""
      << width * 0.8 << "\" height=\"3\"/></g>\n";
}

void write_history(const Report& report, std::ostream& out) {
  if (report.past_runs.empty()) return;
  std::vector<PastRun> runs = report.past_runs;
  const Summary& now = report.summary;
  runs.push_back({report.run_id, report.mode, json_report::rfc3339(report.started_at), report.complete, now.errors,
                  now.warnings, now.notes});
  if (runs.size() > kRuns) runs.erase(runs.begin(), runs.end() - kRuns);
  std::int64_t most = 0;
  for (const PastRun& run : runs) most = std::max(most, run.errors + run.warnings + run.notes);
  out << "<section class=\"chart\" id=\"history\"><h3>Over the last " << runs.size()
      << " runs</h3>\n<svg viewBox=\"0 0 640 130\" role=\"img\" aria-label=\"findings of each run\">\n<text x=\"26\" y=\"14\" "
         "text-anchor=\"end\">"
      << most << "</text><text x=\"26\" y=\"113\" text-anchor=\"end\">0</text>\n";
  for (std::size_t i = 0; i < runs.size(); ++i) write_column(out, runs[i], i, most, runs.size());
  out << "<text x=\"30\" y=\"127\">" << markup(runs.front().started_at.substr(0, 10))
      << "</text><text x=\"" << std::max(140.0, 28 + static_cast<double>(runs.size()) * column_width(runs.size()))
      << "\" y=\"127\" text-anchor=\"end\">" << markup(runs.back().started_at.substr(0, 10))
      << "</text>\n</svg>\n</section>\n";
}

}  // namespace

void write_charts(const Report& report, std::ostream& out) {
  std::map<std::pair<std::string, std::string>, Counts> by_store;
  std::map<std::string, Counts> by_scope;
  for (const Finding& finding : report.findings.heads()) {
    if (!still_stands(finding.status)) continue;
    const auto severity = static_cast<std::size_t>(finding.severity);
    ++by_store[{finding.profile, finding.subject.source}].at(severity);
    if (!finding.subject.scope.empty()) ++by_scope[finding.subject.scope].at(severity);
  }
  out << "<div class=\"charts\">\n";
  write_bars("By store", store_bars(report, by_store), out);
  if (by_scope.size() > 1) {
    std::vector<Bar> bars;
    for (const auto& [scope, counts] : by_scope) bars.push_back({scope, "", "", counts});
    sort_bars(bars);
    write_bars("By scope", std::move(bars), out);
  }
  write_history(report, out);
  out << "</div>\n";
}

}  // namespace audit::html_report
