#include "adapters/postgres/plan_guard.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string_view>

namespace audit::postgres {

namespace {

constexpr std::string_view kScan = "Seq Scan on ";
constexpr std::string_view kSubPlan = "SubPlan ";

struct Node {
  std::size_t indent = 0;
  bool subplan = false;   // under a subplan that is run per row
  bool repeated = false;  // that, or on the inner side of a loop
  bool loop = false;
  int children = 0;
  double outer_rows = 0;
};

double figure(const std::string& line, std::string_view label) {
  const auto at = line.find(label);
  return at == std::string::npos ? 0 : std::strtod(line.c_str() + at + label.size(), nullptr);
}

// A subplan that does not depend on the row is hashed: its rows are read once.
bool is_hashed(const std::vector<std::string>& lines, const std::string& name) {
  const std::string words = "hashed " + name;
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
    const auto at = line.find(words);
    if (at == std::string::npos) return false;
    const auto end = at + words.size();
    return end == line.size() || std::isdigit(static_cast<unsigned char>(line[end])) == 0;
  });
}

// "Seq Scan on messages m  (cost=…": the name up to the alias, in its quotes where it has them.
std::string scanned(const std::string& line) {
  const auto at = line.find(kScan);
  if (at == std::string::npos) return {};
  std::size_t end = at + kScan.size();
  for (bool quoted = false; end < line.size() && (quoted || line[end] != ' '); ++end) {
    if (line[end] == '"') quoted = !quoted;
  }
  return line.substr(at + kScan.size(), end - at - kScan.size());
}

}  // namespace

double planned_cost(const std::vector<std::string>& lines) {
  if (lines.empty()) return 0;
  const auto at = lines.front().find("..");
  return lines.front().find("(cost=") == std::string::npos || at == std::string::npos
             ? 0
             : std::strtod(lines.front().c_str() + at + 2, nullptr);
}

std::vector<std::string> scanned_per_row(const std::vector<std::string>& lines, double many) {
  std::vector<std::string> tables;
  std::vector<Node> above;
  for (const auto& line : lines) {
    Node node;
    node.indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string text = line.substr(node.indent);
    const bool is_subplan = text.starts_with(kSubPlan);
    const bool is_once = text.starts_with("InitPlan ") || text.starts_with("CTE ");
    if (!is_subplan && !is_once && !text.starts_with("->") && !above.empty()) continue;  // a detail of the node above
    while (!above.empty() && above.back().indent >= node.indent) above.pop_back();
    if (!above.empty()) {
      node.subplan = above.back().subplan;
      node.repeated = above.back().repeated;
      if (above.back().loop && text.starts_with("->")) {
        if (++above.back().children == 1) above.back().outer_rows = figure(line, " rows=");
        else if (above.back().outer_rows >= many) node.repeated = true;
      }
    }
    if (is_subplan) node.subplan = node.repeated = !is_hashed(lines, text.substr(0, text.find(' ', kSubPlan.size())));
    if (is_once) node.subplan = node.repeated = false;
    if (text.starts_with("->  Hash  (")) node.repeated = node.subplan;  // filled once
    node.loop = text.find("Nested Loop") != std::string::npos && text.find("(cost=") != std::string::npos;
    if (node.repeated) {
      if (std::string table = scanned(line); !table.empty()) tables.push_back(std::move(table));
    }
    above.push_back(node);
  }
  return tables;
}

}  // namespace audit::postgres
