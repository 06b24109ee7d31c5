// What was looked at, and what of it could not be read.

#include <algorithm>

#include "reports/display.hpp"
#include "reports/text_sections.hpp"

namespace audit::text_report {

namespace {

constexpr int kWordColumns = 11;  // "  warning  "
constexpr int kMostLines = 6;

bool is_ok(const SourceReport& source) { return source.status == "ok"; }

std::vector<std::string> profile_names(const Report& report) {
  std::vector<std::string> names;
  for (const SourceReport& source : report.sources) {
    if (std::find(names.begin(), names.end(), source.profile) == names.end()) names.push_back(source.profile);
  }
  return names;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Piece severity_word(const char* word, Paint paint) { return {"  " + pad_right(word, kWordColumns - 2), paint}; }

void write_failure(const View& view, const Failure& failure) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> shown = failure.checks;
  shown.resize(std::min(shown.size(), kShown));
  std::string text = joined(shown);
  const std::size_t more = failure.checks.size() - shown.size();
  if (more > 0) text += " and " + grouped(static_cast<std::int64_t>(more)) + " more";
  const Page& page = view.page;
  view.page.flow({severity_word("failed", Paint::error)},
                 {{page.clean(text), Paint::bold}, {page.clean(" in " + failure.profile)}}, kWordColumns, kMostLines);
  if (failure.reason.empty()) return;
  view.page.flow({{std::string(kWordColumns, ' ')}}, {{page.clean(failure.reason)}}, kWordColumns, kMostLines);
}

void write_ok(const View& view, const SourceReport& source, const std::string& profile, int profile_columns,
              int location_columns) {
  Page& page = view.page;
  const std::string location = page.clean(source.location);
  const std::string counts = page.clean(counts_text(source.counts));
  const Piece name{"  " + pad_right(profile, profile_columns) + "  ", Paint::bold};
  const int hang = profile_columns + 4;
  const std::string column = pad_right(location, location_columns);
  if (hang + columns_of(column) + 3 + columns_of(counts) <= page.width()) {
    page.flow({name, {column}, {"   "}}, {{counts, Paint::dim}}, hang);
    return;
  }
  page.flow({name}, {{location}}, hang, kMostLines);
  if (!counts.empty()) page.flow({{std::string(static_cast<std::size_t>(hang), ' ')}}, {{counts, Paint::dim}}, hang);
}

}  // namespace

bool is_incomplete(const Report& report) {
  return !report.complete || std::any_of(report.checks.begin(), report.checks.end(),
                                         [](const CheckReport& check) { return check.status == CheckStatus::failed; });
}

bool is_clean(const View& view) {
  const auto& sources = view.report.sources;
  const bool all_read = std::all_of(sources.begin(), sources.end(),
                                    [](const SourceReport& source) { return is_ok(source) || !source.needed; });
  return !is_incomplete(view.report) && all_read && view.profiles.empty() && view.report.plan.changes.empty() &&
         view.checks.ran > 0;
}

void write_clean(const View& view) {
  const Report& report = view.report;
  Page& page = view.page;
  std::vector<std::string> healthy;
  std::vector<std::string> rest;
  for (const std::string& profile : profile_names(report)) {
    std::vector<std::string> counts;
    for (const SourceReport& source : report.sources) {
      if (source.profile != profile) continue;
      if (!is_ok(source)) rest.push_back(source.name + " of " + profile + " is " + source.status + ", not needed");
      if (is_ok(source) && !source.counts.empty()) counts.push_back(counts_text(source.counts));
    }
    healthy.push_back(counts.empty() ? profile : profile + " (" + joined(counts) + ")");
  }
  std::string ran = counted(view.checks.ran, "check") + " ran";
  if (view.checks.not_applicable > 0) ran += ", " + grouped(view.checks.not_applicable) + " not applicable";
  rest.insert(rest.begin(), ran);
  if (report.summary.baseline > 0) rest.push_back(grouped(report.summary.baseline) + " in the baseline");
  if (report.summary.suppressed > 0) rest.push_back(grouped(report.summary.suppressed) + " suppressed");
  rest.push_back(duration_text(report.duration_ms));
  std::string tail;
  for (const std::string& part : rest) tail += std::string(" ") + page.dot() + " " + page.clean(part);
  const std::string in = healthy.empty() ? "" : " in " + joined(healthy);
  // What is accepted is not mended.
  const bool accepted = report.summary.baseline + report.summary.suppressed > 0;
  page.flow({{page.either("\u2713 ", "ok: "), Paint::good}}, {{page.clean((accepted ? "nothing new" : "nothing wrong") + in)}, {tail, Paint::dim}},
            2);
}

void write_header(const View& view) {
  const Report& report = view.report;
  Page& page = view.page;
  const std::string dot = std::string(" ") + page.dot() + " ";
  std::string what;
  if (report.mode != "dry-run" && !report.mode.empty()) what += dot + page.clean(report.mode + " " + report.run_id);
  if (report.discovered) {
    what += dot + "looking for session stores on this machine";
  } else if (!report.sources.empty()) {
    what += dot + page.clean(joined(profile_names(report)));
  }
  page.paragraph({{page.clean("audit " + report.version), Paint::bold}, {what}}, 2, kMostLines);
}

void write_incomplete(const View& view, const char* consequence) {
  const Report& report = view.report;
  const auto unread = std::count_if(report.sources.begin(), report.sources.end(),
                                    [](const SourceReport& source) { return source.needed && !is_ok(source); });
  std::vector<std::string> parts;
  if (unread > 0) parts.push_back(counted(unread, "store") + " could not be read");
  if (view.checks.failed > 0) parts.push_back(counted(view.checks.failed, "check") + " failed");
  const std::string why = parts.empty() ? "" : joined(parts) + ". ";
  view.page.paragraph({{"INCOMPLETE: ", Paint::error}, {why + consequence, Paint::bold}}, 2);
}

void write_unreadable(const View& view) {
  Page& page = view.page;
  const Paint paint = is_incomplete(view.report) ? Paint::error : Paint::warning;
  for (const SourceReport& source : view.report.sources) {
    if (is_ok(source) || !source.needed) continue;
    page.flow({severity_word(page.clean(source.status).c_str(), paint)},
              {{page.clean(source.profile + " " + source.name), Paint::bold},
               {page.clean(" (" + source.adapter + ") " + source.location)}},
              kWordColumns, kMostLines);
    const Pieces indent = {{std::string(kWordColumns, ' ')}};
    if (!source.detail.empty()) page.flow(indent, {{page.clean(source.detail)}}, kWordColumns, kMostLines);
    if (!source.hint.empty()) {
      page.flow(indent, {{"hint: ", Paint::good}, {page.clean(source.hint)}}, kWordColumns + 6, kMostLines);
    }
  }
  for (const Failure& failure : view.failures) write_failure(view, failure);
}

void write_sources(const View& view) {
  Page& page = view.page;
  int profile_columns = 0;
  int location_columns = 0;
  for (const SourceReport& source : view.report.sources) {
    if (!is_ok(source) && source.needed) continue;
    profile_columns = std::max(profile_columns, columns_of(page.clean(source.profile)));
    if (!is_ok(source) || source.counts.empty()) continue;
    // One long location must not push the counts of all others to lines of their own.
    const int columns = columns_of(page.clean(source.location));
    if (profile_columns + 7 + columns + columns_of(page.clean(counts_text(source.counts))) > page.width()) continue;
    location_columns = std::max(location_columns, columns);
  }
  profile_columns = std::min(profile_columns, page.width() / 3);
  std::string last;
  for (const SourceReport& source : view.report.sources) {
    if (!is_ok(source) && source.needed) continue;
    const std::string profile = source.profile == last ? "" : page.clean(source.profile);
    last = source.profile;
    if (is_ok(source)) {
      write_ok(view, source, profile, profile_columns, location_columns);
    } else {
      page.flow({{"  " + pad_right(profile, profile_columns) + "  ", Paint::bold}},
                {{page.clean(source.location + ": " + source.status + ", not needed"), Paint::dim}},
                profile_columns + 4, kMostLines);
    }
  }
}

}  // namespace audit::text_report
