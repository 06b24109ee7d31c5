#include "adapters/postgres/module/rows.hpp"

#include <algorithm>

namespace audit::postgres {

namespace {

void append_element(std::string& array, const Value& value) {
  if (array.size() > 1) array += ',';
  const auto text = native_text(value);
  if (!text.has_value()) {
    array += "NULL";
    return;
  }
  array += '"';
  for (const char c : *text) {
    if (c == '"' || c == '\\') array += '\\';
    array += c;
  }
  array += '"';
}

}  // namespace

std::optional<std::string> native_text(const Value& value) {
  if (is_null(value)) return std::nullopt;
  return std::holds_alternative<Blob>(value) ? "\\x" + to_text(value) : to_text(value);
}

bool same(const Value& a, const Value& b) { return a == b || native_text(a) == native_text(b); }

const Value* cell(const Cells& cells, const std::string& column) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const auto& each) { return each.first == column; });
  return found == cells.end() ? nullptr : &found->second;
}

std::vector<Value> values_of(const Cells& cells, const std::vector<std::string>& columns) {
  std::vector<Value> values;
  for (const auto& column : columns) {
    const Value* const value = cell(cells, column);
    values.push_back(value == nullptr ? Value{} : *value);
  }
  return values;
}

Cells some_of(const Cells& cells, const std::vector<std::string>& columns) {
  Cells some;
  for (const auto& column : columns) {
    const Value* const value = cell(cells, column);
    some.emplace_back(column, value == nullptr ? Value{} : *value);
  }
  return some;
}

Cells cells_of(const pqxx::result& rows, int row, int first) {
  Cells cells;
  const int count = static_cast<int>(rows.columns());
  cells.reserve(static_cast<std::size_t>(count - first));
  const auto native = rows[static_cast<pqxx::result::size_type>(row)];
  for (int i = first; i < count; ++i) {
    cells.emplace_back(rows.column_name(static_cast<pqxx::row::size_type>(i)), value_of(rows, native, i, true));
  }
  return cells;
}

std::string row_name(const Cells& key, const TableFacts& table) {
  std::string text;
  for (const auto& [column, value] : key) text += (text.empty() ? "" : ", ") + column + "=" + to_text(value);
  return text + " of " + table.shown;
}

std::string spelled(const std::vector<Value>& values) {
  std::string text;
  for (const auto& value : values) {
    const auto native = native_text(value);
    text += native.has_value() ? std::to_string(native->size()) + ":" + *native : "-";
  }
  return text;
}

std::string Listed::add(const std::string& type) {
  types_.push_back(type);
  arrays_.emplace_back("{");
  return "c" + std::to_string(types_.size());
}

void Listed::append(const std::vector<Value>& row) {
  for (std::size_t i = 0; i < arrays_.size(); ++i) append_element(arrays_[i], row[i]);
  ++rows_;
}

std::string Listed::from(Parameters& parameters) const {
  std::string arrays;
  std::string names;
  for (std::size_t i = 0; i < arrays_.size(); ++i) {
    parameters.emplace_back(arrays_[i] + "}");
    arrays += (i == 0 ? "$" : ", $") + std::to_string(parameters.size()) + "::text[]";
    names += "c" + std::to_string(i + 1) + ", ";
  }
  return "unnest(" + arrays + ") WITH ORDINALITY AS v(" + names + "i)";
}

std::string Listed::value(std::size_t column) const {
  return "v.c" + std::to_string(column + 1) + "::" + types_[column];
}

std::string matching(const std::string& alias, const std::vector<std::string>& columns, const Listed& listed) {
  std::string sql;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    sql += (i == 0 ? "" : " AND ") + alias + "." + identifier(columns[i]) + " = " + listed.value(i);
  }
  return sql;
}

void select_rows(Connection& connection, const TableFacts& table, const RowRequest& request, const Found& found) {
  Listed listed;
  for (const auto& name : request.columns) {
    const TableColumn* const column = table.column(name);
    if (column == nullptr) throw Error(ErrorKind::repair, table.shown + " has no column " + name);
    listed.add(column->type);
  }
  for (const auto& row : request.values) listed.append(row);
  std::string cells;
  for (const auto& name : request.wanted) cells += ", t." + identifier(name);
  Parameters parameters;
  std::string sql = "SELECT v.i" + (cells.empty() ? ", t.*" : cells) + " FROM " + listed.from(parameters) + " JOIN " +
                    table.sql + " AS t ON " + matching("t", request.columns, listed);
  std::string order;
  for (const auto& name : table.key.empty() ? request.columns : table.key)
    order += (order.empty() ? "t." : ", t.") + identifier(name);
  sql += " ORDER BY " + order;
  if (request.limit > 0) sql += " LIMIT " + std::to_string(request.limit);
  if (request.lock) sql += " FOR UPDATE OF t";
  const pqxx::result rows = connection.exec(sql, parameters);
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    found(static_cast<std::size_t>(to_integer(value_of(rows, i, 0))) - 1, cells_of(rows, i, 1));
  }
}

}  // namespace audit::postgres
