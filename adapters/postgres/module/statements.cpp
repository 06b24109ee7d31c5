#include "adapters/postgres/module/statements.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "adapters/postgres/module/parents.hpp"

namespace audit::postgres {

namespace {

// Steps of one kind on one table that write the same columns.
struct Group {
  std::vector<Step*> steps;
  [[nodiscard]] ChangeOp op() const { return steps.front()->change->op; }
  [[nodiscard]] const TableFacts& table() const { return *steps.front()->table; }
};

std::string kind_of(const Step& step) {
  std::string kind = step.table->sql + '\0' + to_string(step.change->op);
  for (const auto& [column, value] : step.row) kind += '\0' + column;
  kind += '\1';
  for (const auto& column : written_columns(step)) kind += '\0' + column;
  return step.against.empty() || step.change->op == ChangeOp::remove ? kind : kind + '\2';
}

// One group per kind, in an order that keeps that of every unit; nothing when units want it differently.
std::vector<Group> in_common_order(const std::vector<Step*>& steps) {
  std::map<std::string, std::size_t> numbers;
  std::vector<Group> groups;
  std::vector<std::set<std::size_t>> before;  // groups that come before this one
  for (std::size_t i = 0, last = 0; i < steps.size(); ++i) {
    const auto [known, is_new] = numbers.try_emplace(kind_of(*steps[i]), groups.size());
    if (is_new) {
      groups.emplace_back();
      before.emplace_back();
    }
    groups[known->second].steps.push_back(steps[i]);
    if (i > 0 && steps[i - 1]->unit == steps[i]->unit && last != known->second) before[known->second].insert(last);
    last = known->second;
  }
  std::vector<Group> ordered;
  std::vector<bool> done(groups.size(), false);
  for (bool moved = true; moved && ordered.size() < groups.size();) {
    moved = false;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (done[i] || !std::all_of(before[i].begin(), before[i].end(), [&](std::size_t each) { return done[each]; }))
        continue;
      ordered.push_back(groups[i]);
      moved = done[i] = true;
    }
  }
  return ordered.size() == groups.size() ? ordered : std::vector<Group>{};
}

// Neighbours of one kind together.
std::vector<Group> in_given_order(const std::vector<Step*>& steps) {
  std::vector<Group> groups;
  std::string last;
  for (Step* const step : steps) {
    std::string kind = kind_of(*step);
    if (groups.empty() || kind != last) groups.emplace_back();
    groups.back().steps.push_back(step);
    last = std::move(kind);
  }
  return groups;
}

std::vector<std::string> names(const Cells& cells) {
  std::vector<std::string> columns;
  for (const auto& [column, value] : cells) columns.push_back(column);
  return columns;
}

std::string listed_columns(const std::vector<std::string>& columns) {
  std::string sql;
  for (const auto& column : columns) sql += (sql.empty() ? "" : ", ") + identifier(column);
  return sql;
}

Listed list(const Group& group, const std::vector<std::string>& key, const std::vector<std::string>& written) {
  Listed listed;
  for (const auto* columns : {&key, &written}) {
    for (const auto& column : *columns) listed.add(group.table().column(column)->type);
  }
  for (const Step* const step : group.steps) {
    std::vector<Value> values = values_of(step->row, key);
    for (auto& value : values_of(step->change->after, written)) values.push_back(std::move(value));
    listed.append(values);
  }
  return listed;
}

std::string equal(const char* one, const std::vector<std::string>& columns, const char* other, const std::vector<std::string>& others) {
  std::string sql;
  for (std::size_t i = 0; i < columns.size(); ++i)
    sql += std::string(i == 0 ? "" : " AND ") + one + "." + identifier(columns[i]) + " = " + other + "." + identifier(others[i]);
  return sql;
}

std::string remove_sql(const Group& group, Parameters& parameters) {
  const auto key = names(group.steps.front()->row);
  const Listed listed = list(group, key, {});
  return "DELETE FROM " + group.table().sql + " AS t USING " + listed.from(parameters) + " WHERE " +
         matching("t", key, listed);
}

std::string insert_sql(const Group& group, Parameters& parameters) {
  const auto written = written_columns(*group.steps.front());
  const Listed listed = list(group, {}, written);
  std::string values;
  for (std::size_t i = 0; i < written.size(); ++i) values += (i == 0 ? "" : ", ") + listed.value(i);
  if (written.empty()) return "INSERT INTO " + group.table().sql + " DEFAULT VALUES";
  return "INSERT INTO " + group.table().sql + " AS t (" + listed_columns(written) +
         ") OVERRIDING SYSTEM VALUE SELECT " + values + " FROM " + listed.from(parameters) + " ORDER BY v.i";
}

std::string update_sql(const Group& group, Parameters& parameters) {
  const auto key = names(group.steps.front()->row);
  const auto written = written_columns(*group.steps.front());
  const Listed listed = list(group, key, written);
  std::string set;
  for (std::size_t i = 0; i < written.size(); ++i)
    set += (i == 0 ? "" : ", ") + identifier(written[i]) + " = " + listed.value(key.size() + i);
  return "UPDATE " + group.table().sql + " AS t SET " + set + " FROM " + listed.from(parameters) + " WHERE " +
         matching("t", key, listed);
}

std::string statement(const Group& group, Parameters& parameters) {
  if (group.op() == ChangeOp::remove) return remove_sql(group, parameters);
  return group.op() == ChangeOp::insert ? insert_sql(group, parameters) : update_sql(group, parameters);
}

// What the step did, now that the row is as `after` (of a removal: was as its image).
void note_effect(Step& step, const Cells* after) {
  step.effect = *step.change;
  step.effect.table = step.table->shown;
  step.effect.before.clear();
  step.effect.after.clear();
  step.effect.row = step.row;
  const bool removal = step.change->op == ChangeOp::remove;
  if (removal) step.effect.before = std::move(*step.image);
  const auto written = removal ? std::vector<std::string>{} : written_columns(step);
  if (step.change->op == ChangeOp::insert) {
    step.effect.after = *after;
    step.effect.row = some_of(*after, step.row.empty() ? step.table->key : names(step.row));
  }
  if (step.change->op == ChangeOp::update) {
    step.effect.before = some_of(*step.image, written);
    step.effect.after = some_of(*after, written);
  }
  for (const auto& constraint : step.broken) step.effect.row.emplace_back(kAgainst, constraint);
}

CannotMake not_all(const Group& group, std::size_t made) {
  return {UnitOutcome::Kind::refused, "the server made " + std::to_string(made) + " of " +
                                          std::to_string(group.steps.size()) + " changes of " + group.table().shown};
}

void note_returned(Group& group, const pqxx::result& rows) {
  if (static_cast<std::size_t>(rows.size()) != group.steps.size())
    throw not_all(group, static_cast<std::size_t>(rows.size()));
  const int first = group.op() == ChangeOp::update ? 1 : 0;
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    const std::size_t position =
        first == 0 ? static_cast<std::size_t>(i) : static_cast<std::size_t>(to_integer(value_of(rows, i, 0))) - 1;
    const Cells after = cells_of(rows, i, first);
    Step& step = *group.steps[position];
    // Rows come back in the order in which they went; a name that differs would be another row.
    if (!step.row.empty() && !holds(after, step.row, group.table())) throw not_all(group, 0);
    note_effect(step, &after);
  }
}

std::string returned(const Group& group) {
  std::string sql = "v.i";
  for (const auto& columns : {names(group.steps.front()->row), written_columns(*group.steps.front())}) {
    for (const auto& column : columns) sql += ", t." + identifier(column);
  }
  return sql;
}

// Rows that nobody looked at before they went.
void remove_unseen(Connection& connection, Group& group, const std::string& sql, const Parameters& parameters) {
  const pqxx::result gone = connection.exec(sql + " RETURNING v.i, t.*", parameters);
  for (int i = 0; i < static_cast<int>(gone.size()); ++i) {
    Step& step = *group.steps[static_cast<std::size_t>(to_integer(value_of(gone, i, 0))) - 1];
    step.twice = step.image.has_value();
    step.image = cells_of(gone, i, 1);
  }
  for (Step* const step : group.steps) {
    if (const auto problem = judge(*step, WriteMode::repair)) throw CannotMake{problem->kind, problem->reason};
    note_effect(*step, nullptr);
  }
}

void run(Connection& connection, Group& group) {
  if (group.op() == ChangeOp::insert && written_columns(*group.steps.front()).empty() && group.steps.size() > 1) {
    for (Step* const step : group.steps) {
      Group one{{step}};
      run(connection, one);
    }
    return;
  }
  Parameters parameters;
  std::string sql = statement(group, parameters);
  if (group.op() != ChangeOp::remove) {
    note_returned(group, connection.exec(sql + " RETURNING " + (group.op() == ChangeOp::update ? returned(group) : "*"),
                                         parameters));
    return;
  }
  if (!group.steps.front()->image.has_value()) return remove_unseen(connection, group, sql, parameters);
  const pqxx::result done = connection.exec(sql, parameters);
  if (static_cast<std::size_t>(done.affected_rows()) != group.steps.size())
    throw not_all(group, static_cast<std::size_t>(done.affected_rows()));
  for (Step* const step : group.steps) note_effect(*step, nullptr);
}

const Cells& cells_that_go(const Step& step) { return step.image.has_value() ? *step.image : step.change->before; }

// Notes which rows break a constraint as they are, so that they can be brought back, and refuses what could not be.
void note_broken(Connection& connection, Catalog& catalog, const Group& group) {
  if (group.op() == ChangeOp::insert || group.table().parents.empty()) return;
  std::vector<const Cells*> rows;
  for (const Step* const step : group.steps)
    rows.push_back(group.op() == ChangeOp::update ? &step->change->before : &cells_that_go(*step));
  const auto broken = broken_constraints(connection, catalog, group.table(), rows);
  for (std::size_t i = 0; i < broken.size(); ++i) {
    Step& step = *group.steps[i];
    step.broken = broken[i];
    if (step.broken.empty() || may_break_constraints(connection)) continue;
    throw CannotMake{UnitOutcome::Kind::refused, "row " + row_name(step.row, group.table()) +
                                                     " refers to a row that is not there (" + *step.broken.begin() +
                                                     "): only a superuser could bring it back"};
  }
}

// Puts rows in that broke a constraint when they were taken out: that one, and no other.
void run_against(Connection& connection, Catalog& catalog, Group& group) {
  std::vector<const Cells*> rows;
  for (const Step* const step : group.steps) rows.push_back(&step->change->after);
  const auto broken = broken_constraints(connection, catalog, group.table(), rows);
  for (std::size_t i = 0; i < broken.size(); ++i) {
    for (const auto& constraint : broken[i]) {
      if (group.steps[i]->against.contains(constraint)) continue;
      throw CannotMake{UnitOutcome::Kind::refused, "row " + row_name(group.steps[i]->row, group.table()) +
                                                       " refers to a row that is not there any more (" + constraint +
                                                       ")"};
    }
  }
  ConstraintsOff off(connection);
  run(connection, group);
  off.on_again();
}

// Rows that the server would remove or change by itself with those of the group, and that nobody foresaw: they came in
// after the plan was made.
void check_children(Connection& connection, Catalog& catalog, const Group& group, const std::set<std::string>& going) {
  for (const auto& key : group.table().children) {
    if (key.on_delete == OnDelete::refuse) continue;
    const TableFacts& child = catalog.find(key.child);
    if (!child.hidden.empty()) throw CannotMake{UnitOutcome::Kind::refused, child.hidden};
    Listed listed;
    for (const auto& column : key.child_columns) listed.add(child.column(column)->type);
    for (const Step* const step : group.steps) listed.append(values_of(cells_that_go(*step), key.parent_columns));
    Parameters parameters;
    const auto& name = child.key.empty() ? key.child_columns : child.key;
    std::string cells;
    for (const auto& column : name) cells += (cells.empty() ? "c." : ", c.") + identifier(column);
    const pqxx::result rows =
        connection.exec("SELECT " + cells + " FROM " + listed.from(parameters) + " JOIN " + child.sql + " AS c ON " +
                            matching("c", key.child_columns, listed) + " LIMIT " + std::to_string(going.size() + 1),
                        parameters);
    for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
      const Cells row = cells_of(rows, i, 0);
      if (!child.key.empty() && going.contains(child.sql + '\0' + spelled(values_of(row, child.key)))) continue;
      throw CannotMake{UnitOutcome::Kind::changed, "row " + row_name(row, child) + " refers to a row of " +
                                                       group.table().shown +
                                                       " by now and would go or change with it (" + key.name + ")"};
    }
  }
}

std::set<std::string> rows_that_go(const std::vector<Step*>& steps) {
  std::set<std::string> going;
  for (const Step* const step : steps) {
    if (step->change->op != ChangeOp::remove) continue;
    going.insert(step->table->sql + '\0' + spelled(values_of(cells_that_go(*step), step->table->key)));
  }
  return going;
}

}  // namespace

void make_steps(Connection& connection, Catalog& catalog, const std::vector<Step*>& steps) {
  if (steps.empty()) return;
  auto groups = in_common_order(steps);
  if (groups.empty()) groups = in_given_order(steps);
  std::set<std::string> going;
  for (auto& group : groups) {
    if (group.op() == ChangeOp::remove) {
      if (going.empty()) going = rows_that_go(steps);
      check_children(connection, catalog, group, going);
    }
    note_broken(connection, catalog, group);
    if (group.op() != ChangeOp::remove && !group.steps.front()->against.empty()) {
      run_against(connection, catalog, group);
    } else {
      run(connection, group);
    }
  }
}

bool is_plain_removal(Catalog& catalog, const std::vector<Step*>& steps) {
  if (steps.empty()) return false;
  const Step& first = *steps.front();
  const auto same_name = [](const auto& one, const auto& other) { return one.first == other.first; };
  const auto is_alike = [&](const Step* step) {
    return step->change->op == ChangeOp::remove && step->table == first.table &&
           std::equal(step->row.begin(), step->row.end(), first.row.begin(), first.row.end(), same_name);
  };
  if (!std::all_of(steps.begin(), steps.end(), is_alike)) return false;
  const TableFacts& table = *first.table;
  return std::all_of(table.children.begin(), table.children.end(), [&](const ForeignKey& key) {
    return key.on_delete == OnDelete::refuse || catalog.find(key.child).hidden.empty();
  });
}

std::string plain_removal(Catalog& catalog, const std::vector<Step*>& steps, Parameters& parameters) {
  const TableFacts& table = *steps.front()->table;
  std::string sql = remove_sql(Group{steps}, parameters);
  // Looked up row by row, as the server does it for the constraint: a plan that reads a whole table for some rows of
  // another would do so in every statement.
  for (const auto& key : table.children) {
    if (key.on_delete == OnDelete::refuse) continue;
    sql += " AND (SELECT 1 FROM " + catalog.find(key.child).sql + " AS c WHERE " +
           equal("c", key.child_columns, "t", key.parent_columns) + " LIMIT 1) IS NULL";
  }
  std::string refers = "true";
  for (const auto& key : table.parents) {
    std::string none;
    for (const auto& column : key.child_columns) none += "t." + identifier(column) + " IS NULL OR ";
    refers += " AND (" + none + "(SELECT 1 FROM " + catalog.find(key.parent).sql + " AS p WHERE " +
              equal("p", key.parent_columns, "t", key.child_columns) + " LIMIT 1) IS NOT NULL)";
  }
  return sql + " RETURNING v.i, (" + refers + ")::integer, t.*";
}

bool note_plain_removal(const pqxx::result& gone, const std::vector<Step*>& steps) {
  if (static_cast<std::size_t>(gone.size()) != steps.size()) return false;
  for (int i = 0; i < static_cast<int>(gone.size()); ++i) {
    Step& step = *steps[static_cast<std::size_t>(to_integer(value_of(gone, i, 0))) - 1];
    if (step.image.has_value() || to_integer(value_of(gone, i, 1)) == 0) return false;
    step.image = cells_of(gone, i, 2);
    if (judge(step, WriteMode::repair).has_value()) return false;
  }
  for (Step* const step : steps) note_effect(*step, nullptr);
  return true;
}

void make_together(Connection& connection, Catalog& catalog, const std::vector<Step*>& steps) {
  if (steps.empty()) return;
  std::map<std::string, Group> kinds;
  for (Step* const step : steps) {
    if (!step->against.empty() && step->change->op != ChangeOp::remove)
      throw CannotMake{UnitOutcome::Kind::refused, "it breaks a constraint"};
    if (step->row.empty())
      throw CannotMake{UnitOutcome::Kind::refused, "a new row of " + step->table->shown + " has no key yet"};
    kinds[kind_of(*step)].steps.push_back(step);
  }
  const auto going = rows_that_go(steps);
  Parameters parameters;
  std::string with;
  std::string counts;
  std::vector<const Group*> groups;
  for (const auto& [kind, group] : kinds) {
    if (group.op() == ChangeOp::remove) check_children(connection, catalog, group, going);
    note_broken(connection, catalog, group);
    const std::string name = "g" + std::to_string(groups.size());
    with += (with.empty() ? "WITH " : ", ") + name + " AS (" + statement(group, parameters) + " RETURNING 1)";
    counts += (counts.empty() ? "SELECT " : ", ") + ("(SELECT count(*) FROM " + name + ")");
    groups.push_back(&group);
  }
  const pqxx::result done = connection.exec(with + " " + counts, parameters);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto made = static_cast<std::size_t>(to_integer(value_of(done, 0, static_cast<int>(i))));
    if (made != groups[i]->steps.size()) throw not_all(*groups[i], made);
  }
  std::vector<Step> after;
  std::vector<Step*> reading;
  for (const Step* const step : steps) after.push_back(*step);
  for (auto& step : after) reading.push_back(&step);
  load(connection, reading);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool gone = steps[i]->change->op == ChangeOp::remove;
    if (after[i].image.has_value() == gone)
      throw CannotMake{UnitOutcome::Kind::refused, "the server undid a change of " + steps[i]->table->shown};
    note_effect(*steps[i], gone ? nullptr : &*after[i].image);
  }
}

}  // namespace audit::postgres
