// The findings, grouped.

#include <algorithm>
#include <set>

#include "reports/display.hpp"
#include "reports/json_values.hpp"
#include "reports/text_sections.hpp"

namespace audit::text_report {

namespace {

constexpr std::size_t kShown = 3;    // findings of a check
constexpr int kMostLines = 3;        // of one finding
constexpr int kMostColumns = 240;    // or so many columns of it, where lines are short
constexpr int kRoomForTitle = 20;    // columns; with less, a title gets lines of its own
constexpr int kSeverityColumns = 9;  // "warning" and a gap
constexpr int kFindingIndent = 11;
constexpr int kNarrowIndent = 4;

struct Columns {
  int check = 0;
  int count = 0;
};

std::string words(std::string name) {
  std::replace(name.begin(), name.end(), '-', ' ');
  return name;
}

const char* condition(Applicability applicability) {
  switch (applicability) {
    case Applicability::safe:
      return "";
    case Applicability::unsafe:
      return " (with --unsafe)";
    case Applicability::irreversible:
      return " (with --irreversible)";
    case Applicability::manual:
      return " (by hand)";
  }
  return "";
}

// What is or was done about the finding; empty when nothing can be.
Piece outcome(const Page& page, const Finding& finding) {
  const auto selected = std::find_if(finding.repairs.begin(), finding.repairs.end(),
                                     [](const OfferedRepair& repair) { return repair.selected; });
  const std::string name = selected == finding.repairs.end() ? "" : page.clean(words(selected->name));
  switch (finding.status) {
    case FindingStatus::repaired:
      return {page.either("\u2713 ", "done: ") + (name.empty() ? std::string("repaired") : name), Paint::good};
    case FindingStatus::refused:
      return {finding.refusal.empty() ? "refused" : "refused: " + page.clean(finding.refusal), Paint::error};
    case FindingStatus::dropped:
      return {"no longer true", Paint::dim};
    default:
      break;
  }
  if (!finding.refusal.empty()) return {"not repaired: " + page.clean(finding.refusal), Paint::error};
  const std::string arrow = std::string(page.arrow()) + " ";
  if (!name.empty()) return {arrow + name, Paint::good};
  const auto other = std::find_if(finding.repairs.begin(), finding.repairs.end(), [](const OfferedRepair& repair) {
    return repair.applicability != Applicability::safe;
  });
  if (other == finding.repairs.end()) return {};
  return {arrow + page.clean(words(other->name)) + condition(other->applicability), Paint::dim};
}

// Why a finding counts although somebody accepted it.
std::string lapsed(const View& view, const Finding& finding) {
  const auto accepted = view.report.accepted.find(finding.fingerprint);
  if (accepted == view.report.accepted.end() || !still_stands(finding.status) || !accepted->second.expires) return "";
  const std::string reason = accepted->second.reason.empty() ? "" : ": " + view.page.clean(accepted->second.reason);
  return " (was accepted until " + json_report::rfc3339(*accepted->second.expires).substr(0, 10) + reason + ")";
}

void write_head(const View& view, const Group& group, const Columns& columns) {
  Page& page = view.page;
  const std::string check = page.clean(group.check);
  const std::string count = grouped(static_cast<std::int64_t>(group.findings.size()));
  const Pieces title = {{page.clean(group.title)}};
  const Piece severity{"  " + pad_right(to_string(group.severity), kSeverityColumns), paint_of(group.severity)};
  const Pieces lead = {
      severity, {pad_right(check, columns.check), Paint::bold}, {"  " + pad_left(count, columns.count) + "   "}};
  if (columns_of(lead) + kRoomForTitle <= page.width()) {
    page.flow(lead, title, columns_of(lead), kMostLines);
    return;
  }
  const int hang = kSeverityColumns + 2;
  page.flow({severity}, {{check, Paint::bold}, {"  " + count}}, hang, kMostLines);
  if (!group.title.empty()) page.flow({{std::string(hang, ' ')}}, title, hang, kMostLines);
}

struct Line {
  std::string brief;
  Piece outcome;
};

// Lines of many findings, made anew each time that they are asked for: there may be a million.
class Lines {
 public:
  Lines(const View& view, const Group& group, std::size_t number) : view_(view), group_(group), number_(number) {}

  template <typename Use>
  void each(const Use& use) const {
    const Page& page = view_.page;
    Finding finding;
    for (std::size_t at = 0; at < number_; ++at) {
      view_.report.findings.read(group_.findings[at], finding);
      use(Line{page.clean(finding.brief.empty() ? finding.message : finding.brief) + lapsed(view_, finding), outcome(page, finding)});
    }
  }

 private:
  const View& view_;
  const Group& group_;
  std::size_t number_;
};

// The outcomes stand below each other where all lines are short enough.
void write_lines(Page& page, const Lines& lines, int indent) {
  int brief = 0;
  int outcome = 0;
  lines.each([&](const Line& line) {
    brief = std::max(brief, columns_of(line.brief));
    outcome = std::max(outcome, columns_of(line.outcome.text));
  });
  const int gap = 2;
  const bool aligned = indent + brief + gap + outcome <= page.width();
  const int room = page.width() - indent - gap;
  const int most_lines = std::max(kMostLines, kMostColumns / page.width());
  const Pieces margin = {{std::string(static_cast<std::size_t>(indent), ' ')}};
  lines.each([&](const Line& line) {
    if (aligned) {
      page.line({margin.front(), {pad_right(line.brief, brief + gap)}, line.outcome});
    } else if (columns_of(line.brief) + columns_of(line.outcome.text) <= most_lines * room - page.width() / 2) {
      page.flow(margin, {{line.brief}, {std::string(gap, ' ')}, line.outcome}, indent + gap);
    } else {
      page.flow(margin, {{line.brief}}, indent + gap, most_lines);
      if (!line.outcome.text.empty()) page.flow({{margin.front().text + "  "}}, {line.outcome}, indent + gap);
    }
  });
}

void write_members(const View& view, const Group& group, bool all) {
  Page& page = view.page;
  const int indent = page.width() < 60 ? kNarrowIndent : kFindingIndent;
  const std::size_t shown = all ? group.findings.size() : std::min(group.findings.size(), kShown);
  write_lines(page, Lines(view, group, shown), indent);
  if (shown == group.findings.size()) return;
  const std::string more =
      page.ellipsis() + grouped(static_cast<std::int64_t>(group.findings.size() - shown)) + " more";
  const std::string command = view.report.command.empty() ? "audit" : view.report.command;
  // A command that already chooses checks would only get one more of them.
  const bool chooses = command.find(" --check") != std::string::npos;
  const std::string hint = chooses ? "" : page.clean(" (" + command + " --check " + group.check + ")");
  page.flow({{std::string(static_cast<std::size_t>(indent), ' ')}}, {{more + hint, Paint::dim}}, indent + 2);
}

}  // namespace

void write_findings(const View& view) {
  Page& page = view.page;
  Columns columns;
  for (const ProfileGroups& profile : view.profiles) {
    for (const Group& group : profile.groups) {
      columns.check = std::max(columns.check, columns_of(page.clean(group.check)));
      columns.count = std::max(columns.count, columns_of(grouped(static_cast<std::int64_t>(group.findings.size()))));
    }
  }
  std::set<std::string> asked;
  for (const CheckReport& check : view.report.checks) asked.insert(check.check);
  const bool all = asked.size() == 1;

  for (const ProfileGroups& profile : view.profiles) {
    bool named = false;
    for (const Group& group : profile.groups) {
      const bool note = group.severity == Severity::note;
      if (note && page.quiet()) continue;
      if (!named) {
        page.blank();
        page.paragraph({{page.clean(profile.profile), Paint::bold}}, 2);
        named = true;
      }
      write_head(view, group, columns);
      if (!note || all) write_members(view, group, all);
    }
  }
}

}  // namespace audit::text_report
