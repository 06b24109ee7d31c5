// What it comes to: the numbers, the plan, and what to type next.

#include <algorithm>
#include <map>

#include "reports/display.hpp"
#include "reports/text_sections.hpp"

namespace audit::text_report {

namespace {

constexpr std::size_t kPlanIdColumns = 8;
constexpr std::size_t kMostRepairs = 10;
constexpr int kMostReasonLines = 6;

bool is_scan(const Report& report) { return report.mode.empty() || report.mode == "dry-run"; }

// " repaired, refused, ..." of a run that repaired.
std::string outcomes(const Report& report) {
  std::map<FindingStatus, std::int64_t> numbers;
  for (const Finding& finding : report.findings.heads()) ++numbers[finding.status];
  std::string text;
  for (const auto& [status, word] :
       {std::pair(FindingStatus::repaired, " repaired"), std::pair(FindingStatus::refused, " refused"),
        std::pair(FindingStatus::dropped, " no longer true")}) {
    if (numbers[status] > 0) text += (text.empty() ? "" : ", ") + grouped(numbers[status]) + word;
  }
  return text;
}

// "all safe", or how many of each.
std::string how_safe(const Plan& plan) {
  std::map<Applicability, std::int64_t> numbers;
  for (const Change& change : plan.changes.heads()) ++numbers[change.applicability];
  if (numbers.size() == 1) return std::string("all ") + to_string(numbers.begin()->first);
  std::string text;
  for (const auto& [applicability, number] : numbers) {
    text += (text.empty() ? "" : ", ") + grouped(number) + " " + to_string(applicability);
  }
  return text;
}

std::string title(const Report& report) {
  const std::string id = report.plan.id.substr(0, kPlanIdColumns);
  const std::string changes = counted(static_cast<std::int64_t>(report.plan.changes.size()), "change");
  const std::string safe = ", " + how_safe(report.plan);
  if (is_scan(report)) return "plan " + id + ": " + changes + safe;
  if (report.mode == "undo") return "took back " + changes;
  if (report.mode == "recover") return "settled " + changes;
  return "applied plan " + id + ": " + changes + safe;
}

struct Lot {
  std::int64_t number = 0;
  std::string repair;
  std::string check;
};

// Changes by repair, most first; those that only follow from others at the end.
std::vector<Lot> lots_of(const Plan& plan) {
  std::map<std::pair<std::string, std::string>, std::int64_t> numbers;
  std::int64_t consequences = 0;
  for (const Change& change : plan.changes.heads()) {
    if (change.consequence) {
      ++consequences;
    } else {
      ++numbers[{change.repair, change.check}];
    }
  }
  std::vector<Lot> lots;
  for (const auto& [key, number] : numbers) lots.push_back({number, key.first, key.second});
  std::stable_sort(lots.begin(), lots.end(), [](const Lot& a, const Lot& b) { return a.number > b.number; });
  if (consequences > 0) lots.push_back({consequences, "follow", "rows that depend on these"});
  return lots;
}

// The program's call with a subcommand after its first word, which may be quoted.
std::string with_subcommand(const std::string& call, const std::string& subcommand) {
  const char quote = call.empty() ? ' ' : call.front();
  const std::size_t closed = quote == '\'' || quote == '"' ? call.find(quote, 1) : 0;
  const std::size_t end = std::min(call.find(' ', closed == std::string::npos ? 0 : closed), call.size());
  return call.substr(0, end) + " " + subcommand + call.substr(end);
}

std::string program(const std::string& call) {
  const std::string marked = with_subcommand(call, "\n");
  return marked.substr(0, marked.find(" \n"));
}

struct Suggestion {
  std::string command;
  std::string purpose;
};

std::int64_t only_unsafe(const Report& report) {
  const auto selected = [](const OfferedRepair& repair) { return repair.selected; };
  const auto unsafe = [](const OfferedRepair& repair) { return repair.applicability == Applicability::unsafe; };
  std::int64_t number = 0;
  Finding finding;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    report.findings.read_head(i, finding);
    const auto& repairs = finding.repairs;
    if (finding.status != FindingStatus::fresh || std::any_of(repairs.begin(), repairs.end(), selected) || std::none_of(repairs.begin(), repairs.end(), unsafe)) continue;
    report.findings.read(i, finding);  // a refusal is not in the head
    number += finding.refusal.empty() ? 1 : 0;
  }
  return number;
}

std::vector<Suggestion> after_scan(const View& view, const std::string& call) {
  const Report& report = view.report;
  std::vector<Suggestion> next;
  std::map<std::string, std::int64_t> planned;
  for (const Change& change : report.plan.changes.heads()) {
    if (!change.consequence) ++planned[change.check];
  }
  const bool applicable = report.can_repair && report.plan.refused.empty();
  if (applicable && !report.plan.changes.empty()) next.push_back({with_subcommand(call, "repair"), "apply them"});
  if (applicable && planned.size() > 1) {
    const auto most = std::max_element(planned.begin(), planned.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    next.push_back({with_subcommand(call, "repair") + " --check " + most->first, "only these"});
  }
  const bool asks = (call + " ").find(" --unsafe ") != std::string::npos || call.find(" --only") != std::string::npos;
  if (const std::int64_t number = asks ? 0 : only_unsafe(report); number > 0) {
    const char* what = number == 1 ? " more that removes" : " more that remove";
    const char* undo = number == 1 ? "; undo restores it" : "; undo restores them";
    next.push_back({call + " --unsafe", grouped(number) + what + (report.can_repair ? undo : "")});
  }
  if (!view.profiles.empty()) {
    next.push_back(
        {program(call) + " explain " + view.profiles.front().groups.front().check, "what it is and why it matters"});
  }
  return next;
}

// How to take it back.
std::vector<Suggestion> after_change(const Report& report, const std::string& call) {
  const std::string undo = with_subcommand(call, "undo " + report.run_id);
  const Suggestion look = {with_subcommand(call, "runs show " + report.run_id), "what was changed; backups are in " + report.kept_in};
  if (report.mode == "undo") return {{undo, "make these changes again"}};
  if (!report.earlier_runs.empty()) {
    const std::string runs = std::to_string(report.earlier_runs.size() + 1);
    return {{undo, "take the last of " + runs + " runs back"}, {with_subcommand(call, "undo " + report.earlier_runs.back()), "then the one before it, and so on"},
            {with_subcommand(call, "runs"), "list them"}};
  }
  const auto changes = report.plan.changes.heads();
  const auto for_good = std::count_if(changes.begin(), changes.end(), [](const Change& change) { return change.applicability == Applicability::irreversible; });
  std::vector<Suggestion> next;
  if (for_good == 0) {
    next.push_back({undo, "take it all back"});
  } else if (for_good < static_cast<std::ptrdiff_t>(report.plan.changes.size())) {
    next.push_back({undo + " --skip-changed", "take all back but " + grouped(for_good) + " that cannot be undone"});
  }
  if (!report.kept_in.empty()) next.push_back(look);
  return next;
}

}  // namespace

void write_summary(const View& view) {
  const Report& report = view.report;
  const Summary& summary = report.summary;
  Page& page = view.page;
  page.blank();
  if (const std::string text = outcomes(report); !text.empty()) page.paragraph({{text, Paint::good}}, 2);
  Pieces line = {{counted(summary.errors, "error"), summary.errors > 0 ? Paint::error : Paint::plain},
                 {", "},
                 {counted(summary.warnings, "warning"), summary.warnings > 0 ? Paint::warning : Paint::plain}};
  if (summary.notes > 0) line.push_back({", " + counted(summary.notes, "note")});
  const std::string dot = std::string(" ") + page.dot() + " ";
  std::string rest = " in " + duration_text(report.duration_ms) + dot;
  rest += view.checks.ran == 0 ? "no check ran" : counted(view.checks.ran, "check") + " ran";
  if (view.checks.not_applicable > 0) rest += ", " + grouped(view.checks.not_applicable) + " not applicable";
  if (view.checks.failed > 0) rest += ", " + grouped(view.checks.failed) + " failed";
  if (summary.baseline > 0) rest += dot + grouped(summary.baseline) + " in the baseline";
  if (summary.suppressed > 0) {
    rest += (summary.baseline > 0 ? ", " : dot) + grouped(summary.suppressed) + " suppressed";
  }
  line.push_back({rest});
  page.paragraph(line, 2);
}

void write_plan(const View& view) {
  const Report& report = view.report;
  Page& page = view.page;
  if (report.plan.changes.empty()) {
    if (is_scan(report) && !view.profiles.empty()) page.paragraph({{"no change is planned"}}, 2);
    return;
  }
  page.paragraph({{page.clean(title(report)), Paint::bold}}, 2);
  std::vector<Lot> lots = lots_of(report.plan);
  const std::size_t hidden = lots.size() - std::min(lots.size(), kMostRepairs);
  lots.resize(lots.size() - hidden);
  int number_columns = 0;
  int repair_columns = 0;
  for (const Lot& lot : lots) {
    number_columns = std::max(number_columns, columns_of(grouped(lot.number)));
    repair_columns = std::max(repair_columns, columns_of(page.clean(lot.repair)));
  }
  for (const Lot& lot : lots) {
    const std::string lead = "  " + pad_left(grouped(lot.number), number_columns) + "  ";
    page.flow({{lead}, {pad_right(page.clean(lot.repair), repair_columns) + "  "}},
              {{page.clean(lot.check), Paint::dim}}, number_columns + 4);
  }
  if (hidden > 0) page.flow({{"  "}}, {{page.ellipsis() + std::to_string(hidden) + " more repairs", Paint::dim}}, 4);
  if (report.plan.refused.empty()) return;
  page.flow({{"  refused: ", Paint::error}}, {{page.clean(report.plan.refused)}}, 4, kMostReasonLines);
}

void write_next(const View& view) {
  const Report& report = view.report;
  Page& page = view.page;
  const std::string call = report.command.empty() ? "audit" : report.command;
  std::vector<Suggestion> next;
  if (is_scan(report)) {
    next = after_scan(view, call);
  } else if (!report.plan.changes.empty() && !report.run_id.empty() && report.mode != "recover") {
    next = after_change(report, call);
  }
  int columns = 0;
  for (Suggestion& suggestion : next) {
    suggestion.command = page.clean(suggestion.command);
    columns = std::max(columns, columns_of(suggestion.command));
  }
  constexpr int kRoomForPurpose = 24;
  const int hang = 2 + columns + 3;
  for (const Suggestion& suggestion : next) {
    const Pieces purpose = {{suggestion.purpose, Paint::dim}};
    if (hang + kRoomForPurpose <= page.width()) {
      page.flow({{"  " + pad_right(suggestion.command, columns + 3), Paint::good}}, purpose, hang);
    } else {
      page.flow({{"  "}}, {{suggestion.command, Paint::good}}, 4);
      page.flow({{"      "}}, purpose, 6);
    }
  }
}

}  // namespace audit::text_report
