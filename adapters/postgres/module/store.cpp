#include "adapters/postgres/module/store.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "adapters/postgres/module/record.hpp"
#include "adapters/postgres/module/rows.hpp"

namespace audit::postgres {

namespace {

constexpr std::size_t kFewAhead = 100;            // rows; fewer are not worth asking for together
constexpr std::size_t kMostAheadBytes = 4 << 20;  // of the rows that are held at once

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
  if (!ahead_.rows.empty() && ahead_.kind == kind_of_rows(part, key)) {
    if (const auto known = ahead_.rows.find(spelled(only_values(key))); known != ahead_.rows.end()) return known->second;
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
std::size_t PostgresStore::expect(const RelationPart& part, std::span<const Cells> keys, ChangeOp op, std::span<const Cells> next) {
  ahead_ = {};
  referrers_.forget();
  if (keys.size() < 2) return keys.size();
  const std::size_t most = most_rows(kind_of_rows(part, keys.front()));
  if (keys.size() > most) return expect(part, keys.first(most), op);
  try {
    read(to_read(part, keys));
    const bool all = op != ChangeOp::remove || ahead_.rows.empty() || read_referrers(part);
    // Too much refers to these rows to be held: to fewer of them it may not.
    if (!all && keys.size() > kFewAhead) return expect(part, keys.first(std::max(keys.size() / 4, kFewAhead)), op);
    if (next.size() < 2 || next.size() > most_rows(kind_of_rows(part, next.front()))) return keys.size();
    Ahead later = to_read(part, next);
    if (!later.rows.empty() && connection_->prefetch(later.sql, later.parameters)) asked_ = std::move(later);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::check && error.kind() != ErrorKind::repair) throw;
  }
  return keys.size();
}

// So many rows of this kind are held at once, as far as their size is known.
std::size_t PostgresStore::most_rows(const std::string& kind) const {
  if (kind != measured_kind_ || row_bytes_ == 0) return std::numeric_limits<std::size_t>::max();
  return std::max(kMostAheadBytes / row_bytes_, kFewAhead);
}

// Without rows when these cannot be asked for together.
PostgresStore::Ahead PostgresStore::to_read(const RelationPart& part, std::span<const Cells> keys) {
  const NativeTable& table = tables_.find(part.table);
  Listed listed;
  std::vector<std::string> columns;
  for (const auto& [column, value] : keys.front()) {
    const std::string type = plain_type(part, table, column);
    if (type.empty()) return {};
    listed.add(type);
    columns.push_back(part.column(column)->from);
  }
  Ahead ahead;
  ahead.kind = kind_of_rows(part, keys.front());
  ahead.columns = static_cast<int>(columns.size());
  for (const auto& key : keys) {
    if (kind_of_rows(part, key) == ahead.kind && ahead.rows.try_emplace(spelled(only_values(key))).second)
      listed.append(only_values(key));
  }
  std::string echo;
  for (std::size_t i = 0; i < columns.size(); ++i) echo += "v.c" + std::to_string(i + 1) + ", ";
  ahead.sql = "SELECT " + echo + "t.* FROM " + listed.from(ahead.parameters) + " JOIN (SELECT * FROM " + table.name +
              (part.where.empty() ? "" : " WHERE (" + part.where + ")") + ") AS t ON " + matching("t", columns, listed);
  return ahead;
}

void PostgresStore::read(Ahead wanted) {
  const std::optional<Ahead> asked = std::exchange(asked_, std::nullopt);
  if (wanted.rows.empty()) return;
  const bool is_asked = asked.has_value() && asked->sql == wanted.sql && asked->parameters == wanted.parameters;
  const pqxx::result found = is_asked ? connection_->prefetched() : connection_->exec(wanted.sql, wanted.parameters);
  std::size_t bytes = 0;
  for (int i = 0; i < static_cast<int>(found.size()); ++i) {
    std::vector<Value> key;
    for (int column = 0; column < wanted.columns; ++column) key.push_back(value_of(found, i, column));
    for (const auto& field : found[static_cast<pqxx::result::size_type>(i)]) bytes += field.size();
    wanted.rows[spelled(key)] = cells_of(found, i, wanted.columns);
  }
  measured_kind_ = wanted.kind;
  row_bytes_ = bytes / wanted.rows.size();
  ahead_ = std::move(wanted);
}

// False when there is more than can be held.
bool PostgresStore::read_referrers(const RelationPart& part) {
  const TableFacts& table = catalog_.find(part.table);
  const auto ahead = [&](const std::string& child, const std::vector<std::string>& columns,
                         const std::vector<std::string>& of) {
    std::vector<std::vector<Value>> values;
    for (const auto& [key, row] : ahead_.rows) {
      if (!row.empty()) values.push_back(values_of(row, of));
    }
    return referrers_.expect(child, columns, values);
  };
  bool all = true;
  for (const auto& key : table.children) all = ahead(key.child, key.child_columns, key.parent_columns) && all;
  for (const auto& dependent : part.dependents)
    all = ahead(dependent.table, {dependent.column}, part.key.empty() ? table.key : part.key) && all;
  return all;
}

Store::Consequences PostgresStore::consequences(const RelationPart& part, const Change& removal, std::span<const Change> first) {
  return consequences_of(catalog_, referrers_, part, removal, first);
}

void PostgresStore::record(const RecordOrder& order, Recording& recording) {
  recording.files[""].text = record_tables(*connection_, order, recording.notes);
}

std::vector<std::string> PostgresStore::record_words() { return schema_words(*connection_); }

}  // namespace audit::postgres
