#include "auditor/sys/sqlite_host.hpp"

#include <algorithm>
#include <unordered_set>

#include "auditor/sys/sqlite_mapping.hpp"

namespace audit::sqlite {

struct PlanLine {
  int id = 0;
  int parent = 0;
  std::string detail;
};

namespace {

// A check that finds more than this share of the rows is cheaper to run whole than key by key.
constexpr std::int64_t kKeyShare = 20;
// Fewer rows that travel are scanned faster than indexed.
constexpr std::int64_t kIndexedRows = 16;
constexpr std::int64_t kUnknownRows = 1'000'000'000;

// The table or alias that a line of a plan scans; "" when it does not scan. An automatic index is a scan in disguise when it
// stands under a correlated subquery: it is built again for every row.
std::string scanned(const std::string& detail) {
  const bool scan = detail.starts_with("SCAN ");
  const bool automatic = detail.starts_with("SEARCH ") && detail.find(" AUTOMATIC ") != std::string::npos;
  if (!scan && !automatic) return {};
  const auto start = detail.find(' ') + 1;
  return detail.substr(start, detail.find(' ', start) - start);
}

bool under_correlated(const std::vector<PlanLine>& lines, const PlanLine& line) {
  for (int parent = line.parent; parent != 0;) {
    const auto above = std::find_if(lines.begin(), lines.end(), [&](const PlanLine& l) { return l.id == parent; });
    if (above == lines.end()) return false;
    if (above->detail.starts_with("CORRELATED")) return true;
    parent = above->parent;
  }
  return false;
}

// A query with a WITH clause of its own cannot follow another one.
std::string whole(const std::string& sql) {
  static constexpr std::string_view kWith = "with";
  const bool has_with = sql.size() > kWith.size() && std::equal(kWith.begin(), kWith.end(), sql.begin(), [](char a, char b) {
                          return a == (b | 0x20);
                        });
  return has_with ? "SELECT * FROM (" + sql + "\n)" : sql;
}

// As text, a number is the word that it is written with.
std::string key_of(const Row& row, bool as_text = false) {
  std::string key;
  for (const auto& value : row) key += std::to_string(as_text && !is_null(value) ? Value("").index() : value.index()) + to_text(value) + '\0';
  return key;
}

}  // namespace

void SqliteHost::define(const RelationMapping& relation) {
  if (defined_.contains(relation.name)) return;
  Defined defined;
  for (const auto& part : relation.parts) defined.tables.push_back(part.table);
  mappings_[relation.name] = relation;
  defined_[relation.name] = std::move(defined);
}

// A single whole table has a form whose columns beyond those of the first test are looked up by rowid when they are asked for, so that a search
// by key walks an index and touches the rows of what it finds only.
bool SqliteHost::has_lazy_form(const std::string& name) {
  const auto mapping = mappings_.find(name);
  if (mapping == mappings_.end() || mapping->second.parts.size() != 1) return false;
  const RelationPart& part = mapping->second.parts.front();
  return part.where.empty() && part.key.size() == 1 && table_rows(part.table) < kUnknownRows && !has_own_rowid(part.table);
}

// A table may have a column of that name, which then hides the real one.
bool SqliteHost::has_own_rowid(const std::string& table) {
  return to_integer(connection_.single("SELECT count(*) FROM pragma_table_xinfo(" + literal(std::string_view(table)) +
                                       ", 'main') WHERE lower(name) = 'rowid'")) > 0;
}

// The relations of this store that the query reads, with just the columns that it reads: every column that a statement carries along costs
// when it is prepared. NOT MATERIALIZED, or a relation that is named twice would be copied.
std::string SqliteHost::with_clause(const Query& query) {
  std::string sql;
  const auto add = [&](const std::string& name, const std::string& select) {
    sql += (sql.empty() ? "WITH " : ", ") + identifier(name) + " AS NOT MATERIALIZED (" + select + ")";
  };
  for (const auto& [relation, columns] : query.reads) {
    const auto mapping = mappings_.find(relation);
    if (mapping == mappings_.end()) continue;
    std::vector<std::string> wanted(columns.begin(), columns.end());
    if (wanted.empty()) wanted.emplace_back("source");
    add(relation, relation_sql(mapping->second, wanted, "main"));
    if (query.lazy_relation == relation && has_lazy_form(relation)) {
      add(relation + kLazySuffix, lazy_relation_sql(mapping->second.parts.front(), wanted, query.lazy_except, "main"));
    }
  }
  return sql.empty() ? sql : sql + "\n";
}

void SqliteHost::create(const std::string& relation, const std::vector<std::string>& columns, Ids ids) {
  text_ids_ = text_ids_ || ids == Ids::text;
  std::string list;
  for (const auto& column : columns) {
    const bool text = ids == Ids::text && (column == "id" || column.ends_with("_id"));
    list += (list.empty() ? "" : ", ") + identifier(column) + (text ? " TEXT" : "");
  }
  connection_.exec("CREATE TEMP TABLE " + identifier(relation) + " (" + list + ")");
  made_.push_back("DROP TABLE temp." + identifier(relation));
  defined_[relation].rows = 0;
}

void SqliteHost::index(const std::string& relation, const std::vector<std::string>& columns) {
  for (const auto& column : columns) {
    connection_.exec("CREATE INDEX temp." + identifier("audit " + relation + " " + column) + " ON " +
                     identifier(relation) + "(" + identifier(column) + ")");
  }
}

void SqliteHost::ship(const Table& table) {
  if (defined_.contains(table.relation)) return;
  create(table.relation, table.columns);
  std::string marks;
  for (std::size_t i = 0; i < table.columns.size(); ++i) marks += i == 0 ? "?" : ", ?";
  connection_.exec("SAVEPOINT shipping");
  Statement insert = connection_.prepare("INSERT INTO temp." + identifier(table.relation) + " VALUES (" + marks + ")");
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) insert.bind(static_cast<int>(i + 1), row[i]);
    insert.step();
    insert.reset();
  }
  connection_.exec("RELEASE shipping");
  index(table.relation, table.indexed);
  defined_[table.relation].rows = static_cast<std::int64_t>(table.rows.size());
}

bool SqliteHost::ship_native(const Table& form, const RelationPart& over, const RowSupply& rows) {
  if (defined_.contains(form.relation)) return true;
  create(over.table, form.columns);
  std::string marks;
  for (std::size_t i = 0; i < form.columns.size(); ++i) marks += i == 0 ? "?" : ", ?";
  connection_.exec("SAVEPOINT shipping");
  Statement insert = connection_.prepare("INSERT INTO temp." + identifier(over.table) + " VALUES (" + marks + ")");
  std::int64_t count = 0;
  rows([&](std::span<const Value> row) {
    for (std::size_t i = 0; i < row.size(); ++i) insert.bind(static_cast<int>(i + 1), row[i]);
    insert.step();
    insert.reset();
    ++count;
    return true;
  });
  connection_.exec("RELEASE shipping");
  if (count >= kIndexedRows) index(over.table, form.indexed);
  defined_.erase(over.table);
  connection_.exec("CREATE TEMP VIEW " + identifier(form.relation) + " AS " +
                   relation_sql({form.relation, {over}}, part_columns(over), "temp"));
  made_.push_back("DROP VIEW temp." + identifier(form.relation));
  defined_[form.relation].rows = count;
  return true;
}

void SqliteHost::forget() {
  for (auto drop = made_.rbegin(); drop != made_.rend(); ++drop) connection_.exec(*drop);
  made_.clear();
  defined_.clear();
  mappings_.clear();
}

std::int64_t SqliteHost::table_rows(const std::string& table) {
  const auto known = table_rows_.find(table);
  if (known != table_rows_.end()) return known->second;
  std::int64_t rows = kUnknownRows;
  try {
    const Value last = connection_.single("SELECT max(rowid) FROM main." + identifier(table));
    rows = to_integer(last);
    if (is_null(last)) empty_tables_.insert(table);
  } catch (const Failure& failure) {
    if (failure.primary() != SQLITE_ERROR) throw;  // a view, or a table WITHOUT ROWID
  }
  return table_rows_[table] = rows;
}

std::int64_t SqliteHost::estimate(const std::string& relation) {
  const auto defined = defined_.find(relation);
  if (defined == defined_.end()) return kUnknownRows;
  if (defined->second.tables.empty()) return defined->second.rows;
  std::int64_t rows = 0;
  for (const auto& table : defined->second.tables) rows += table_rows(table);
  return rows;
}

bool SqliteHost::is_empty(const std::string& relation) {
  const auto defined = defined_.find(relation);
  if (defined == defined_.end() || defined->second.tables.empty()) return false;
  const auto& tables = defined->second.tables;
  return std::all_of(tables.begin(), tables.end(), [&](const std::string& table) {
    (void)table_rows(table);
    return empty_tables_.contains(table);
  });
}

std::int64_t SqliteHost::largest() {
  std::int64_t rows = 0;
  for (const auto& [relation, defined] : defined_) rows = std::max(rows, estimate(relation));
  return rows;
}

bool SqliteHost::any_large() { return largest() >= options_.large; }

// A plan names native tables (views are flattened into them) or aliases of the query; what an alias stands for the plan does not say.
bool SqliteHost::is_large(const std::string& name) {
  for (const auto& [relation, defined] : defined_) {
    if (std::find(defined.tables.begin(), defined.tables.end(), name) != defined.tables.end()) {
      return table_rows(name) >= options_.large;
    }
  }
  return any_large();
}

std::vector<PlanLine> SqliteHost::plan_of(const std::string& sql) {
  std::vector<PlanLine> plan;
  if (!any_large()) return plan;
  Statement statement = connection_.prepare("EXPLAIN QUERY PLAN " + with_ + sql);
  while (statement.step()) {
    plan.push_back({static_cast<int>(to_integer(statement.value(0))), static_cast<int>(to_integer(statement.value(1))), to_text(statement.value(3))});
  }
  return plan;
}

void SqliteHost::guard(const std::vector<PlanLine>& plan) {
  if (!options_.guard) return;
  for (const auto& line : plan) {
    const std::string table = scanned(line.detail);
    if (!table.empty() && under_correlated(plan, line) && is_large(table)) {
      throw PlanRefused{"the plan scans " + table + " once per row"};
    }
  }
}

// Looked up for each row of a scan, pages are wanted again; read from front to back, they are not, and a small cache is the faster one.
// A plan that scans nothing large does not look up much.
void SqliteHost::make_room(const std::vector<PlanLine>& plan) {
  const auto looks_up = [](const PlanLine& line) { return line.detail.starts_with("SEARCH "); };
  if (std::any_of(plan.begin(), plan.end(), looks_up) && scans_large(plan)) enlarge_cache();
}

void SqliteHost::enlarge_cache() {
  if (options_.lookup_cache == 0 || usual_cache_.has_value()) return;
  const Value usual = connection_.single("PRAGMA main.cache_size");
  const std::int64_t size = to_integer(usual);  // negative: KiB, else pages
  const std::int64_t bytes = size < 0 ? -size << 10U : size * to_integer(connection_.single("PRAGMA main.page_size"));
  if (bytes >= options_.lookup_cache) return;
  connection_.exec("PRAGMA main.cache_size = -" + std::to_string(options_.lookup_cache >> 10U));
  usual_cache_ = usual;
}

void SqliteHost::restore_cache() {
  if (!usual_cache_.has_value()) return;
  connection_.exec("PRAGMA main.cache_size = " + to_text(*usual_cache_));
  usual_cache_.reset();
}

bool SqliteHost::scans_large(const std::vector<PlanLine>& plan) {
  return std::any_of(plan.begin(), plan.end(), [&](const PlanLine& line) {
    const std::string table = scanned(line.detail);
    return !table.empty() && is_large(table);
  });
}

Statement SqliteHost::prepared(const std::string& sql, const Query& query) {
  Statement statement = connection_.prepare(with_ + sql);
  for (const auto& [name, value] : query.parameters) statement.bind(name, value);
  return statement;
}

void SqliteHost::direct(const Query& query, const RowSink& sink) {
  Statement statement = prepared(whole(query.sql), query);
  Row row;
  while (statement.step()) {
    statement.row(row);
    if (!sink(row)) return;
  }
}

void SqliteHost::by_key(const Query& query, const std::vector<Row>& keys, const RowSink& sink) {
  Statement statement = prepared(by_key_sql(query), query);
  std::vector<int> positions;
  for (std::size_t i = 0; i < query.key.size(); ++i) {
    positions.push_back(sqlite3_bind_parameter_index(statement.get(), (":audit_key_" + std::to_string(i)).c_str()));
  }
  Row row;
  for (const auto& key : keys) {
    for (std::size_t i = 0; i < key.size(); ++i) statement.bind(positions[i], key[i]);
    while (statement.step()) {
      statement.row(row);
      if (!sink(row)) return;
    }
    sqlite3_reset(statement.get());
  }
}

std::string SqliteHost::by_key_sql(const Query& query) const {
  std::string sql = "SELECT * FROM (" + query.sql + "\n) AS q WHERE ";
  for (std::size_t i = 0; i < query.key.size(); ++i) {
    sql += (i == 0 ? "q." : " AND q.") + identifier(query.key[i]) + " = :audit_key_" + std::to_string(i);
  }
  return sql;
}

// Where one subject cannot be found without a scan, one scan for all is cheaper than one for each.
void SqliteHost::only_keys(const Query& query, const std::vector<Row>& keys, const RowSink& sink) {
  const bool few = static_cast<std::int64_t>(keys.size()) <= std::max<std::int64_t>(1, largest() / kKeyShare);
  if (keys.size() <= 1 || (few && !scans_large(plan_of(by_key_sql(query))))) {
    by_key(query, keys, sink);
    return;
  }
  std::unordered_set<std::string> wanted;
  for (const auto& key : keys) wanted.insert(key_of(key, text_ids_));
  std::vector<std::size_t> positions;
  for (const auto& name : query.key) {
    positions.push_back(static_cast<std::size_t>(
        std::find(query.columns.begin(), query.columns.end(), name) - query.columns.begin()));
  }
  direct(query, [&](std::span<const Value> row) {
    Row key;
    for (const std::size_t position : positions) key.push_back(row[position]);
    return !wanted.contains(key_of(key, text_ids_)) || sink(row);
  });
}

bool SqliteHost::keys_first(const Query& query, const RowSink& sink) {
  if (scans_large(plan_of(by_key_sql(query)))) return false;
  std::string wanted;
  for (const auto& name : query.key) wanted += (wanted.empty() ? "q." : ", q.") + identifier(name);

  const std::int64_t rows = largest();
  const std::string& search = query.lazy_sql.empty() || !has_lazy_form(query.lazy_relation) ? query.sql : query.lazy_sql;
  std::vector<Row> keys;
  std::unordered_set<std::string> seen;
  Statement statement = prepared("SELECT " + wanted + " FROM (" + search + "\n) AS q", query);
  Row row;
  while (statement.step()) {
    statement.row(row);
    const bool unusable = std::any_of(row.begin(), row.end(), [](const Value& value) { return is_null(value); });
    if (unusable || static_cast<std::int64_t>(keys.size()) > rows / kKeyShare) return false;
    if (seen.insert(key_of(row)).second) keys.push_back(row);
  }
  by_key(query, keys, sink);
  return true;
}

bool SqliteHost::prepares(const std::string& sql) {
  try {
    return static_cast<bool>(connection_.prepare(with_ + sql));
  } catch (const Failure& failure) {
    if (failure.primary() == SQLITE_ERROR) return false;
    throw;
  }
}

void SqliteHost::run(const Query& given, const std::vector<Row>* only, const RowSink& sink) {
  with_ = with_clause(given);
  Query query = given;
  if (!query.cheaper_sql.empty()) {
    if (prepares(whole(query.cheaper_sql))) {
      query.sql = query.cheaper_sql;
    } else {
      query.lazy_sql.clear();
    }
  }
  if (only != nullptr) {
    only_keys(query, *only, sink);
    return;
  }
  // What the plan finds through indexes alone is read once.
  const auto plan = plan_of(whole(query.sql));
  guard(plan);
  make_room(plan);
  if (query.key.empty() || !scans_large(plan) || !keys_first(query, sink)) direct(query, sink);
  restore_cache();  // others may need the memory now
}

}  // namespace audit::sqlite
