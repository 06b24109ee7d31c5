#include "adapters/postgres/module/parents.hpp"

#include <algorithm>
#include <map>

#include "adapters/postgres/module/rows.hpp"

namespace audit::postgres {

namespace {

void set_role(Connection& connection, const char* role) {
  static_cast<void>(connection.exec("SELECT set_config('session_replication_role', $1::text, true)", {role}));
}

// Positions (from 0) of the values that no row of the parent has.
std::set<std::size_t> missing(Connection& connection, Catalog& catalog, const ForeignKey& key,
                              const std::vector<std::vector<Value>>& values) {
  const TableFacts& parent = catalog.find(key.parent);
  Listed listed;
  for (const auto& column : key.parent_columns) listed.add(parent.column(column)->type);
  for (const auto& row : values) listed.append(row);
  Parameters parameters;
  const std::string sql = "SELECT v.i FROM " + listed.from(parameters) + " WHERE NOT EXISTS (SELECT 1 FROM " +
                          parent.sql + " AS p WHERE " + matching("p", key.parent_columns, listed) + ")";
  const pqxx::result rows = connection.exec(sql, parameters);
  std::set<std::size_t> positions;
  for (int i = 0; i < static_cast<int>(rows.size()); ++i)
    positions.insert(static_cast<std::size_t>(to_integer(value_of(rows, i, 0))) - 1);
  return positions;
}

}  // namespace

std::vector<std::set<std::string>> broken_constraints(Connection& connection, Catalog& catalog, const TableFacts& table,
                                                      const std::vector<const Cells*>& rows) {
  std::vector<std::set<std::string>> broken(rows.size());
  for (const auto& key : table.parents) {
    std::map<std::string, std::vector<std::size_t>> having;  // values, spelled → rows
    std::vector<std::vector<Value>> values;
    std::vector<std::string> spelling;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto each = values_of(*rows[i], key.child_columns);
      if (std::any_of(each.begin(), each.end(), [](const Value& value) { return is_null(value); })) continue;
      auto [known, is_new] = having.try_emplace(spelled(each));
      known->second.push_back(i);
      if (!is_new) continue;
      spelling.push_back(known->first);
      values.push_back(std::move(each));
    }
    if (values.empty()) continue;
    for (const std::size_t position : missing(connection, catalog, key, values)) {
      for (const std::size_t row : having[spelling[position]]) broken[row].insert(key.name);
    }
  }
  return broken;
}

bool may_break_constraints(Connection& connection) {
  try {
    set_role(connection, "origin");
    return true;
  } catch (const Failure& failure) {
    if (failure.state() != "42501") throw;
    return false;
  }
}

ConstraintsOff::ConstraintsOff(Connection& connection) : connection_(connection) { set_role(connection_, "replica"); }

void ConstraintsOff::on_again() { set_role(connection_, "origin"); }

}  // namespace audit::postgres
