#include "auditor/engine/narrow.hpp"

#include <algorithm>
#include <set>

#include "auditor/engine/sql_text.hpp"

namespace audit {

namespace {

// True when this is the only place where the relation stands, and the id of a finding is that of its row.
bool names_rows_of(const CheckRun& check, const TableUse& use) {
  const auto tokens = tokenize_sql(check.bound.check->sql);
  const auto uses = table_uses(tokens);
  const auto& outputs = check.bound.outputs;
  if (std::count_if(uses.begin(), uses.end(), [&](const TableUse& other) { return other.name == use.name; }) != 1) return false;
  if (std::find(outputs.begin(), outputs.end(), "subject") != outputs.end()) return false;
  bool plain = false;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (is_word(tokens, i, "as") && tokens[i + 1].text == check.bound.id_column) return false;
    plain = plain || (tokens[i].text == use.alias && is_symbol(tokens, i + 1, ".") && tokens[i + 2].text == check.bound.id_column);
  }
  return plain;
}

}  // namespace

std::map<std::string, OnlyRows> concerned_rows(const std::vector<CheckRun>& checks) {
  std::map<std::string, OnlyRows> rows;
  std::set<std::string> whole;
  for (const auto& check : checks) {
    const std::string& subject = check.bound.check->subject;
    const std::string& id = check.bound.id_column;
    for (const auto& use : table_uses(tokenize_sql(check.bound.check->sql))) {
      if (use.name != subject || !names_rows_of(check, use)) whole.insert(use.name);
    }
    OnlyRows& only = rows[subject];
    only.column = id;
    for (const auto& key : check.only) only.values.push_back(key.front());
  }
  for (const auto& name : whole) rows.erase(name);
  return rows;
}

}  // namespace audit
