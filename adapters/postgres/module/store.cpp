#include "adapters/postgres/module/store.hpp"

namespace audit::postgres {

PostgresStore::PostgresStore(StoreInfo info, std::unique_ptr<Connection> connection)
    : info_(std::move(info)), connection_(std::move(connection)), tables_(*connection_), host_(*connection_, tables_) {}

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

Cells PostgresStore::native_row(const RelationPart& part, const Cells& key) {
  const NativeTable& table = tables_.find(part.table);
  std::string sql = "SELECT * FROM " + table.name + " WHERE ";
  if (!part.where.empty()) sql += "(" + part.where + ") AND ";
  Parameters parameters;
  for (const auto& [column, value] : key) {
    parameters.push_back(parameter_text(value));
    const std::string place = "$" + std::to_string(parameters.size());
    const ColumnMap* map = part.column(column);
    const bool plain = map != nullptr && map->writable_as_is && map->time == TimeForm::none && map->null_values.empty();
    const auto native = plain ? table.columns.find(map->from) : table.columns.end();
    sql += parameters.size() == 1 ? "" : " AND ";
    // A plain key is compared as what it is, so that its index serves.
    sql += native != table.columns.end() && native->second.kind != Kind::other
               ? identifier(map->from) + " = " + place + "::" + native->second.type
               : "(" + column_sql("", part, table, column) + ")::text = " + place + "::text";
  }
  const pqxx::result rows = connection_->exec(sql + " LIMIT 1", parameters);
  Cells cells;
  if (rows.empty()) return cells;
  for (int i = 0; i < static_cast<int>(rows.columns()); ++i) {
    cells.emplace_back(rows.column_name(static_cast<pqxx::row::size_type>(i)), value_of(rows, 0, i, true));
  }
  return cells;
}

}  // namespace audit::postgres
