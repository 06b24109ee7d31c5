#include "adapters/postgres/module/store.hpp"

#include "adapters/postgres/module/record.hpp"
#include "adapters/postgres/module/rows.hpp"

namespace audit::postgres {

namespace {

std::vector<Value> only_values(const Cells& cells) {
  std::vector<Value> values;
  for (const auto& [column, value] : cells) values.push_back(value);
  return values;
}

std::string kind_of_rows(const RelationPart& part, const Cells& key) {
  std::string kind = part.table + '\0' + part.where;
  for (const auto& [column, value] : key) kind += '\0' + column;
  return kind;
}

}  // namespace

PostgresStore::PostgresStore(StoreInfo info, std::shared_ptr<Connection> connection)
    : info_(std::move(info)),
      connection_(std::move(connection)),
      tables_(*connection_),
      host_(*connection_, tables_),
      catalog_(*connection_),
      referrers_(*connection_, catalog_) {}

bool PostgresStore::has(const std::string& table, const std::string& column) {
  const NativeTable& found = tables_.find(table);
  return !found.name.empty() && (column.empty() || found.columns.contains(column));
}

Value PostgresStore::probe(const std::string& sql) {
  const pqxx::result rows = connection_->exec(sql);
  return rows.empty() || rows.columns() == 0 ? Value{} : value_of(rows, 0, 0);
}

void PostgresStore::scan(const RelationMapping& relation, const std::vector<std::string>& columns,
                         const RowSink& sink) {
  connection_->stream(relation_sql(relation, columns, tables_), {}, sink);
}

std::string PostgresStore::plain_type(const RelationPart& part, const NativeTable& table,
                                      const std::string& column) const {
  const ColumnMap* map = part.column(column);
  if (map == nullptr || !map->writable_as_is || map->time != TimeForm::none || !map->null_values.empty()) return {};
  const auto native = table.columns.find(map->from);
  return native == table.columns.end() || native->second.kind == Kind::other ? std::string() : native->second.type;
}

Cells PostgresStore::native_row(const RelationPart& part, const Cells& key) {
  if (!ahead_.empty() && ahead_of_ == kind_of_rows(part, key)) {
    if (const auto known = ahead_.find(spelled(only_values(key))); known != ahead_.end()) return known->second;
  }
  const NativeTable& table = tables_.find(part.table);
  std::string sql = "SELECT * FROM " + table.name + " WHERE ";
  if (!part.where.empty()) sql += "(" + part.where + ") AND ";
  Parameters parameters;
  for (const auto& [column, value] : key) {
    parameters.push_back(parameter_text(value));
    const std::string place = "$" + std::to_string(parameters.size());
    const std::string type = plain_type(part, table, column);
    sql += parameters.size() == 1 ? "" : " AND ";
    // A plain key is compared as what it is, so that its index serves.
    sql += type.empty() ? "(" + column_sql("", part, table, column) + ")::text = " + place + "::text"
                        : identifier(part.column(column)->from) + " = " + place + "::" + type;
  }
  try {
    const pqxx::result rows = connection_->exec(sql + " LIMIT 1", parameters);
    return rows.empty() ? Cells{} : cells_of(rows, 0, 0);
  } catch (const Failure& failure) {
    // A right that is missing, a timeout: the row cannot be read, and nothing is wrong with the check.
    throw Failure(ErrorKind::source, failure.state(), failure.what(), failure.hint());
  }
}

// What fails here fails again, and says so, when the row itself is asked for.
void PostgresStore::expect(const RelationPart& part, std::span<const Cells> keys, ChangeOp op) {
  ahead_.clear();
  referrers_.forget();
  if (keys.size() < 2) return;
  try {
    read_rows(part, keys);
    if (op == ChangeOp::remove && !ahead_.empty()) read_referrers(part);
  } catch (const Failure& failure) {
    if (failure.kind() == ErrorKind::source) throw;
  }
}

void PostgresStore::read_rows(const RelationPart& part, std::span<const Cells> keys) {
  const NativeTable& table = tables_.find(part.table);
  Listed listed;
  std::vector<std::string> columns;
  for (const auto& [column, value] : keys.front()) {
    const std::string type = plain_type(part, table, column);
    if (type.empty()) return;
    listed.add(type);
    columns.push_back(part.column(column)->from);
  }
  ahead_of_ = kind_of_rows(part, keys.front());
  std::map<std::string, Cells> rows;
  for (const auto& key : keys) {
    if (kind_of_rows(part, key) == ahead_of_ && rows.try_emplace(spelled(only_values(key))).second)
      listed.append(only_values(key));
  }
  Parameters parameters;
  std::string echo;
  for (std::size_t i = 0; i < columns.size(); ++i) echo += "v.c" + std::to_string(i + 1) + ", ";
  const pqxx::result found = connection_->exec(
      "SELECT " + echo + "t.* FROM " + listed.from(parameters) + " JOIN (SELECT * FROM " + table.name +
          (part.where.empty() ? "" : " WHERE (" + part.where + ")") + ") AS t ON " + matching("t", columns, listed),
      parameters);
  for (int i = 0; i < static_cast<int>(found.size()); ++i) {
    std::vector<Value> key;
    for (int column = 0; column < static_cast<int>(columns.size()); ++column) key.push_back(value_of(found, i, column));
    rows[spelled(key)] = cells_of(found, i, static_cast<int>(columns.size()));
  }
  ahead_ = std::move(rows);
}

void PostgresStore::read_referrers(const RelationPart& part) {
  const TableFacts& table = catalog_.find(part.table);
  const auto ahead = [&](const std::string& child, const std::vector<std::string>& columns,
                         const std::vector<std::string>& of) {
    std::vector<std::vector<Value>> values;
    for (const auto& [key, row] : ahead_) {
      if (!row.empty()) values.push_back(values_of(row, of));
    }
    referrers_.expect(child, columns, values);
  };
  for (const auto& key : table.children) ahead(key.child, key.child_columns, key.parent_columns);
  for (const auto& dependent : part.dependents)
    ahead(dependent.table, {dependent.column}, part.key.empty() ? table.key : part.key);
}

Store::Consequences PostgresStore::consequences(const RelationPart& part, const Change& removal, std::span<const Change> first) {
  return consequences_of(catalog_, referrers_, part, removal, first);
}

void PostgresStore::record(const RecordOrder& order, Recording& recording) {
  recording.files[""].text = record_tables(*connection_, order, recording.notes);
}

std::vector<std::string> PostgresStore::record_words() { return schema_words(*connection_); }

}  // namespace audit::postgres
