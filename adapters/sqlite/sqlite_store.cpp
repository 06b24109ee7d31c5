#include "adapters/sqlite/sqlite_store.hpp"

#include "adapters/sqlite/sqlite_record.hpp"
#include "auditor/sys/recorded_value.hpp"
#include "auditor/sys/sqlite_mapping.hpp"
#include "auditor/sys/warm_memory.hpp"

namespace audit {

namespace {

constexpr int kFewRows = 1000;
constexpr std::size_t kCacheBytes = 16U << 20U;
constexpr std::int64_t kLookupCacheBytes = 8 << 20;

}  // namespace

SqliteStore::SqliteStore(StoreInfo info, std::unique_ptr<sqlite::Connection> connection, FileState before,
                         bool locked, std::shared_ptr<const void> basis)
    : info_(std::move(info)),
      basis_(std::move(basis)),
      connection_(std::move(connection)),
      host_(*connection_, {.lookup_cache = kLookupCacheBytes}),
      rows_(*connection_),
      before_(before),
      locked_(locked) {}

// Of a table SQLite knows by itself; of a view it must be asked for all columns. It takes "rowid" for a column of every table, which the list of columns
// does not.
bool SqliteStore::has(const std::string& table, const std::string& column) {
  static const std::set<std::string> kRowids = {"rowid", "oid", "_rowid_"};
  const auto known = [&](const char* name) {
    return sqlite3_table_column_metadata(connection_->get(), "main", table.c_str(), name, nullptr, nullptr, nullptr, nullptr, nullptr) == SQLITE_OK;
  };
  if (known(nullptr) && (column.empty() || !known(column.c_str()))) return column.empty();
  if (known(nullptr) && !kRowids.contains(column)) return true;
  const auto [listed, is_new] = columns_.try_emplace(table);
  if (is_new) {
    sqlite::Statement statement = connection_->prepare("SELECT name FROM pragma_table_xinfo(?1, 'main')");
    statement.bind(1, table);
    while (statement.step()) listed->second.insert(to_text(statement.value(0)));
  }
  return column.empty() ? !listed->second.empty() : listed->second.contains(column);
}

Value SqliteStore::probe(const std::string& sql) { return connection_->single(sql); }

void SqliteStore::scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) {
  sqlite::Statement statement = connection_->prepare(sqlite::relation_sql(relation, columns, "main"));
  Row row;
  while (statement.step()) {
    statement.row(row);
    if (!sink(row)) return;
  }
}

bool SqliteStore::scan_scope(const RelationMapping& relation, const std::vector<std::string>& columns,
                             const std::string& scope, const RowSink& sink) {
  const std::string sql = sqlite::relation_scope_sql(relation, columns, "main");
  const auto [known, is_new] = scope_scans_.try_emplace(sql);
  sqlite::Statement& statement = known->second;
  if (is_new) {
    sqlite::Statement plan = connection_->prepare("EXPLAIN QUERY PLAN " + sql);
    bool scans = false;
    while (plan.step()) scans = scans || to_text(plan.value(3)).starts_with("SCAN ");
    if (!scans) statement = connection_->prepare(sql);
  }
  if (!statement) return false;
  statement.bind(1, scope);
  Row row;
  while (statement.step()) {
    statement.row(row);
    if (!sink(row)) break;
  }
  statement.reset();
  return true;
}

Cells SqliteStore::native_row(const RelationPart& part, const Cells& key) {
  // Many come in the order of findings, not of pages: with the usual 2 MiB the same pages would be read again and again.
  if (++native_rows_ == kFewRows) {
    connection_->exec("PRAGMA main.cache_size = -" + std::to_string(kCacheBytes >> 10U));
    expect_small_blocks(kCacheBytes);
  }
  std::string sql = "SELECT * FROM main." + sqlite::identifier(part.table) + " WHERE ";
  if (!part.where.empty()) sql += "(" + part.where + ") AND ";
  for (std::size_t i = 0; i < key.size(); ++i) {
    sql += (i == 0 ? "" : " AND ") + sqlite::column_sql(part, key[i].first) + " = ?" + std::to_string(i + 1);
  }
  auto statement = rows_.use(sql + " LIMIT 2");
  for (std::size_t i = 0; i < key.size(); ++i) statement->bind(static_cast<int>(i + 1), key[i].second);
  Cells cells;
  if (statement->step()) {
    cells = statement.cells();
    if (statement->step()) cells.clear();  // the key does not name one row
  }
  return cells;
}

void SqliteStore::record(const RecordOrder& order, Recording& recording) {
  recording.files[""].text = record_sqlite(*connection_, order, recording.notes);
}

std::vector<std::string> SqliteStore::record_words() {
  std::vector<std::string> words;
  sqlite::Statement statement = connection_->prepare("SELECT sql FROM main.sqlite_schema WHERE sql IS NOT NULL");
  while (statement.step()) {
    for (std::string& text : sql_strings(to_text(statement.value(0)))) words.push_back(std::move(text));
  }
  return words;
}

// Under a lock the files' times say nothing: a live writer may add to the WAL what this snapshot does not see.
bool SqliteStore::still_valid() { return locked_ || FileState::of(info_.location) == before_; }

}  // namespace audit
