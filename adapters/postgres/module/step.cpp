#include "adapters/postgres/module/step.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "adapters/postgres/module/parents.hpp"

namespace audit::postgres {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What names the row, without what else is said there.
Cells name_in(const Change& change) {
  Cells name = change.row;
  std::erase_if(name, [](const auto& each) { return each.first == kAgainst; });
  return name;
}

Cells key_of_insert(const Change& change, const TableFacts& table) {
  if (!change.row.empty()) return name_in(change);
  const bool known = !table.key.empty() && std::all_of(table.key.begin(), table.key.end(), [&](const auto& column) {
    const Value* const value = cell(change.after, column);
    return value != nullptr && !is_null(*value);
  });
  return known ? some_of(change.after, table.key) : Cells{};
}

// What speaks against it in the change itself.
std::string impossible(const Step& step) {
  const Change& change = *step.change;
  const TableFacts& table = *step.table;
  for (const Cells* const cells : {&step.row, &change.before, &change.after}) {
    for (const auto& [column, value] : *cells) {
      if (table.column(column) == nullptr) return table.shown + " has no column " + column;
    }
  }
  for (const auto& [column, value] : step.row) {
    if (is_null(value)) return "a row of " + table.shown + " without " + column + " has no name";
  }
  if (change.op != ChangeOp::insert && step.row.empty()) return "nothing names the row of " + table.shown;
  if (change.op == ChangeOp::insert && table.key.empty())
    return table.shown + " has no primary key by which undo could find the new row";
  if (change.op != ChangeOp::update) return {};
  for (const auto& [column, value] : change.after) {
    if (contains(table.key, column) || cell(change.row, column) != nullptr)
      return column + " names the rows of " + table.shown + " and is not updated";
    for (const auto& child : table.children) {
      if (contains(child.parent_columns, column))
        return column + " is what rows of " + child.child + " refer to (" + child.name + ")";
    }
  }
  return {};
}

UnitOutcome changed(std::string reason) { return {UnitOutcome::Kind::changed, std::move(reason), {}}; }

std::string first_difference(const Cells& image, const Cells& cells, const TableFacts& table) {
  for (const auto& [column, value] : cells) {
    const TableColumn* const known = table.column(column);
    if (known == nullptr || known->generated) continue;
    const Value* const now = cell(image, column);
    if (now == nullptr || !same(*now, value)) return column;
  }
  return {};
}

std::optional<UnitOutcome> judge_insert(Step& step, WriteMode mode) {
  if (!step.image.has_value()) return std::nullopt;
  step.made = mode == WriteMode::restore && holds(*step.image, step.change->after, *step.table);
  if (step.made) return std::nullopt;
  return changed("row " + row_name(step.row, *step.table) + " is there already");
}

}  // namespace

bool holds(const Cells& image, const Cells& cells, const TableFacts& table) {
  return first_difference(image, cells, table).empty();
}

Step make_step(std::size_t unit, const Change& change, Catalog& catalog, std::string& obstacle_found) {
  Step step;
  step.unit = unit;
  step.change = &change;
  step.table = &catalog.find(change.table);
  step.row = change.op == ChangeOp::insert ? key_of_insert(change, *step.table) : name_in(change);
  for (const auto& [column, value] : change.row) {
    if (column == kAgainst) step.against.insert(to_text(value));
  }
  obstacle_found = obstacle(*step.table, change.op, written_columns(step));
  if (obstacle_found.empty()) obstacle_found = impossible(step);
  return step;
}

std::vector<std::string> written_columns(const Step& step) {
  std::vector<std::string> columns;
  for (const auto& [column, value] : step.change->after) {
    const TableColumn* const known = step.table->column(column);
    if (known == nullptr || !known->generated) columns.push_back(column);
  }
  return columns;
}

void load(Connection& connection, const std::vector<Step*>& steps) {
  std::map<std::pair<std::string, std::vector<std::string>>, std::vector<Step*>> tables;  // the order of locking
  for (Step* const step : steps) {
    step->image.reset();
    step->twice = false;
    std::vector<std::string> columns;
    for (const auto& [column, value] : step->row) columns.push_back(column);
    if (!columns.empty()) tables[{step->table->sql, std::move(columns)}].push_back(step);
  }
  for (const auto& [where, of_table] : tables) {
    std::vector<std::vector<Value>> keys;
    std::set<std::string> wanted;
    bool whole = false;
    for (const Step* const step : of_table) {
      keys.push_back(values_of(step->row, where.second));
      whole = whole || step->change->op != ChangeOp::update;
      for (const auto* cells : {&step->row, &step->change->before, &step->change->after}) {
        for (const auto& [column, value] : *cells) wanted.insert(column);
      }
    }
    RowRequest request{.columns = where.second, .values = keys, .lock = true};
    if (!whole) request.wanted.assign(wanted.begin(), wanted.end());
    select_rows(connection, *of_table.front()->table, request, [&list = of_table](std::size_t position, Cells cells) {
      list[position]->twice = list[position]->image.has_value();
      list[position]->image = std::move(cells);
    });
  }
}

std::optional<UnitOutcome> judge(Step& step, WriteMode mode) {
  const Change& change = *step.change;
  step.made = false;
  const std::string name = "row " + row_name(step.row, *step.table);
  if (step.twice) return UnitOutcome{UnitOutcome::Kind::refused, name + " is several rows", {}};
  if (change.op == ChangeOp::insert) return judge_insert(step, mode);
  const bool restoring = mode == WriteMode::restore;
  if (!step.image.has_value()) {
    step.made = restoring && change.op == ChangeOp::remove;
    return step.made ? std::nullopt : std::optional(changed(name + " is gone"));
  }
  if (restoring && change.op == ChangeOp::update && holds(*step.image, change.after, *step.table)) {
    step.made = true;
    return std::nullopt;
  }
  const std::string column = first_difference(*step.image, change.before, *step.table);
  return column.empty() ? std::nullopt : std::optional(changed(name + " has another " + column + " by now"));
}

}  // namespace audit::postgres
