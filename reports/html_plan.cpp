// The plan, as before and after.

#include <algorithm>
#include <ostream>

#include "reports/display.hpp"
#include "reports/html_sections.hpp"
#include "reports/markup.hpp"

namespace audit::html_report {

namespace {

constexpr std::size_t kChanges = 500;
constexpr std::size_t kLongest = 500;  // bytes of one value

// nullptr: the row has no such column.
const Value* find(const Cells& cells, const std::string& column) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const auto& one) { return one.first == column; });
  return found == cells.end() ? nullptr : &found->second;
}

std::string cell(const Cells& cells, const std::string& column) {
  const Value* value = find(cells, column);
  if (value == nullptr) return "";
  if (is_null(*value)) return "<i>NULL</i>";
  const std::string text = to_text(*value);
  if (text.empty()) return "<i>empty</i>";
  return markup(text.size() > kLongest ? text.substr(0, kLongest) + "…" : text);
}

std::vector<std::string> columns_of(const Change& change) {
  std::vector<std::string> columns;
  for (const auto* cells : {&change.before, &change.after}) {
    for (const auto& [name, value] : *cells) {
      if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(name);
    }
  }
  return columns;
}

bool is_changed(const Change& change, const std::string& column) {
  const Value* before = find(change.before, column);
  const Value* after = find(change.after, column);
  return change.op != ChangeOp::update || before == nullptr || after == nullptr || *before != *after;
}

void write_change(const Change& change, std::ostream& out) {
  out << "<div class=\"change\"><div class=\"what\"><span class=\"op " << to_string(change.op) << "\">"
      << to_string(change.op) << "</span> <b>" << markup(change.table.empty() ? change.relation : change.table) << "</b>";
  for (const auto& [name, value] : change.key) {
    out << " <span class=\"key\">" << markup(name) << " " << markup(to_text(value)) << "</span>";
  }
  out << "<span class=\"for\">" << markup(change.repair) << " · " << markup(change.check) << " · "
      << to_string(change.applicability) << (change.consequence ? " · follows from another" : "")
      << "</span></div>\n<table><tr><th></th><th>before</th><th>after</th></tr>\n";
  for (const std::string& column : columns_of(change)) {
    if (!is_changed(change, column)) continue;
    out << "<tr><th>" << markup(column) << "</th><td class=\"before\">"
        << (change.op == ChangeOp::insert ? "" : cell(change.before, column)) << "</td><td class=\"after\">"
        << (change.op == ChangeOp::remove ? "" : cell(change.after, column)) << "</td></tr>\n";
  }
  out << "</table></div>\n";
}

}  // namespace

void write_plan(const Plan& plan, std::ostream& out) {
  if (plan.changes.empty()) return;
  out << "<h2 id=\"plan\">Plan <small>" << markup(plan.id.substr(0, 8)) << " · "
      << counted(static_cast<std::int64_t>(plan.changes.size()), "change") << ", " << safety_text(plan)
      << "</small></h2>\n";
  if (!plan.refused.empty()) out << "<p class=\"problem\">refused: " << markup(plan.refused) << "</p>\n";
  for (std::size_t i = 0; i < plan.changes.size() && i < kChanges; ++i) write_change(plan.changes[i], out);
  if (plan.changes.size() > kChanges) {
    out << "<p class=\"more\">" << grouped(static_cast<std::int64_t>(plan.changes.size() - kChanges))
        << " more are not on this page; json and jsonl have all.</p>\n";
  }
}

}  // namespace audit::html_report
