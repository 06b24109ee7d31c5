#include "adapters/postgres/module/host.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/postgres/plan_guard.hpp"
#include "auditor/model/vocabulary.hpp"

namespace audit::postgres {

namespace {

constexpr std::int64_t kUnknownRows = 1'000'000'000;
// From this many rows on it pays to plan a query in several ways.
constexpr std::int64_t kLarge = 20'000;
// More findings than this are cheaper to fetch with the query itself than key by key.
constexpr std::size_t kMostKeys = 20'000;
constexpr std::size_t kKeysAtOnce = 5'000;
constexpr const char* kNative = " native";

bool is_integer(const std::string& relation, const std::string& column, const Table& table, std::size_t position) {
  const auto* known = Vocabulary::canonical().find(relation);
  const auto* canonical = known == nullptr ? nullptr : known->column(column);
  if (canonical != nullptr) return canonical->type == "INTEGER";
  bool any = false;
  for (const auto& row : table.rows) {
    if (is_null(row[position])) continue;
    if (!std::holds_alternative<std::int64_t>(row[position])) return false;
    any = true;
  }
  return any;
}

nlohmann::json json_of(const Value& value) {
  if (is_null(value)) return nullptr;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  std::string text = to_text(value);
  std::erase(text, '\0');
  return text;
}

std::string array_of(const std::vector<Row>& keys, std::size_t from, std::size_t to) {
  std::string text = "{";
  for (std::size_t i = from; i < to; ++i) {
    text += i == from ? "\"" : ",\"";
    for (const char c : to_text(keys[i].front())) {
      if (c == '"' || c == '\\') text += '\\';
      if (c != '\0') text += c;
    }
    text += '"';
  }
  return text + "}";
}

const std::string& text_of(const Query& query) { return query.cheaper_sql.empty() ? query.sql : query.cheaper_sql; }

// A mismatch of types (an id that is a uuid here and text there) is no fault of the check: where everything is text it
// runs.
bool is_type_mismatch(const std::string& state) { return state == "42883" || state == "42804" || state == "42725"; }

// The columns that are wanted of ready.sql, in their places.
std::string wanted_of(const std::string& ready_sql, const Query& query) {
  if (query.wanted.empty()) return "* FROM " + ready_sql;
  std::string columns;
  std::string names;
  for (const auto& column : query.columns) {
    columns += (columns.empty() ? "" : ", ") + (query.wanted.contains(column) ? "q." + identifier(column) : "NULL");
    names += (names.empty() ? "" : ", ") + identifier(column);
  }
  // By place, whatever the server calls them.
  return columns + " FROM " + ready_sql + "(" + names + ")";
}

}  // namespace

void PostgresHost::define(const RelationMapping& relation) { defined_.emplace(relation.name, relation); }

void PostgresHost::ship(const Table& table) {
  if (shipped_.contains(table.relation)) return;
  Shipped shipped;
  nlohmann::json rows = nlohmann::json::array();
  for (const auto& row : table.rows) {
    nlohmann::json object = nlohmann::json::object();
    for (std::size_t i = 0; i < table.columns.size(); ++i) object[table.columns[i]] = json_of(row[i]);
    rows.push_back(std::move(object));
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    shipped.columns += (i == 0 ? "" : ", ") + identifier(table.columns[i]) +
                       (is_integer(table.relation, table.columns[i], table, i) ? " bigint" : " text");
  }
  shipped.json = rows.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  shipped.rows = static_cast<std::int64_t>(table.rows.size());
  shipped_[table.relation] = std::move(shipped);
}

std::optional<NativeTime> PostgresHost::native_time(const std::string& relation, const std::string& column) const {
  const auto defined = defined_.find(relation);
  if (defined == defined_.end() || defined->second.parts.size() != 1) return std::nullopt;
  const RelationPart& part = defined->second.parts.front();
  std::string type = plain_time_type(part, tables_.find(part.table), column);
  if (type.empty()) return std::nullopt;
  return NativeTime{identifier(column + kNative), std::move(type)};
}

NativeTimes PostgresHost::native_times(const std::vector<Token>& tokens) const {
  std::set<std::string> relations;
  for (const auto& [name, relation] : defined_) relations.insert(name);
  return [this, aliases = aliases_in(tokens, relations)](const std::string& alias,
                                                         const std::string& column) -> std::optional<NativeTime> {
    const auto relation = aliases.find(alias);
    return relation == aliases.end() ? std::nullopt : native_time(relation->second, column);
  };
}

// Only the columns that the text names: a role that may not read the others can still audit.
std::string PostgresHost::clause(const std::string& relation, const std::set<std::string>& names,
                                 const std::string& text) {
  const RelationMapping& mapping = defined_.at(relation);
  std::vector<std::string> columns;
  for (const auto& column : part_columns(mapping.parts.front())) {
    if (column == "source" || names.contains(column)) columns.push_back(column);
  }
  std::string sql = relation_sql(mapping, columns, tables_);
  std::string twins;
  for (const auto& column : columns) {
    const auto native = native_time(relation, column);
    if (!native.has_value() || text.find(native->column) == std::string::npos) continue;
    twins += ", " + identifier(mapping.parts.front().column(column)->from) + " AS " + native->column;
  }
  if (!twins.empty()) sql.insert(sql.find(" FROM " + tables_.find(mapping.parts.front().table).name), twins);
  return identifier(relation) + " AS NOT MATERIALIZED (" + sql + ")";
}

PostgresHost::Ready PostgresHost::prepare(const std::string& sql, const Query& query) {
  const auto tokens = tokenize(sql);
  const auto names = names_in(tokens);
  const std::string text = with_native_times(sql, native_times(tokens));
  Ready ready;
  for (const auto& [name, relation] : defined_) {
    if (names.contains(name)) ready.with += (ready.with.empty() ? "WITH " : ", ") + clause(name, names, text);
  }
  for (const auto& [name, shipped] : shipped_) {
    if (!names.contains(name)) continue;
    ready.parameters.emplace_back(shipped.json);
    ready.with += (ready.with.empty() ? "WITH " : ", ") + identifier(name) +
                  " AS MATERIALIZED (SELECT * FROM json_to_recordset($" + std::to_string(ready.parameters.size()) +
                  "::json) AS r(" + shipped.columns + "))";
  }
  Prepared prepared = with_positions(text, query, std::move(ready.parameters));
  ready.sql = "(" + prepared.sql + "\n) AS q";
  ready.parameters = std::move(prepared.parameters);
  return ready;
}

std::vector<std::string> PostgresHost::explain(const std::string& sql, const Parameters& parameters) {
  const pqxx::result plan = connection_.exec("EXPLAIN " + sql, parameters);
  std::vector<std::string> lines;
  for (int i = 0; i < static_cast<int>(plan.size()); ++i) lines.push_back(to_text(value_of(plan, i, 0)));
  return lines;
}

void PostgresHost::guard(const std::vector<std::string>& plan) {
  for (const auto& table : scanned_per_row(plan)) {
    const pqxx::result rows = connection_.exec(
        "SELECT CASE WHEN reltuples < 0 THEN pg_relation_size(oid) / 100 ELSE reltuples::bigint END "
        "FROM pg_class WHERE oid = to_regclass($1)",
        {table});
    if (!rows.empty() && to_integer(value_of(rows, 0, 0)) >= kLarge) {
      throw PlanRefused{"the plan scans " + table + " once per row"};
    }
  }
}

std::int64_t PostgresHost::estimate(const std::string& relation) {
  if (const auto shipped = shipped_.find(relation); shipped != shipped_.end()) return shipped->second.rows;
  const auto known = estimates_.find(relation);
  if (known != estimates_.end()) return known->second;
  const auto defined = defined_.find(relation);
  if (defined == defined_.end()) return kUnknownRows;
  std::int64_t rows = kUnknownRows;
  try {
    const pqxx::result plan = connection_.exec("EXPLAIN " + relation_sql(defined->second, {"source"}, tables_));
    const std::string line = plan.empty() ? "" : to_text(value_of(plan, 0, 0));
    if (const auto at = line.find(" rows="); at != std::string::npos) rows = std::stoll(line.substr(at + 6));
  } catch (const Failure& failure) {
    if (failure.kind() == ErrorKind::source) throw;  // a table that may not be read says so when it is
  }
  return estimates_[relation] = rows;
}

bool PostgresHost::any_large() {
  return std::any_of(defined_.begin(), defined_.end(),
                     [&](const auto& entry) { return estimate(entry.first) >= kLarge; });
}

void PostgresHost::by_keys(const Ready& ready, const Query& query, const std::string& type,
                           const std::vector<Row>& keys, const RowSink& sink) {
  const std::string column = "q." + identifier(query.key.front());
  Parameters parameters = ready.parameters;
  parameters.emplace_back();
  const std::string place = "$" + std::to_string(parameters.size());
  const std::string sql = ready.with + " SELECT * FROM " + ready.sql + " WHERE " +
                          (type.empty() ? column + "::text = ANY(" + place + "::text[])"
                                        : column + " = ANY(" + place + "::" + type + "[])");
  bool wanted = true;
  for (std::size_t from = 0; from < keys.size() && wanted; from += kKeysAtOnce) {
    parameters.back() = array_of(keys, from, std::min(keys.size(), from + kKeysAtOnce));
    connection_.stream(sql, parameters, [&](std::span<const Value> row) { return wanted = sink(row); });
  }
}

// Two stages where the planner says that they are cheaper: the keys alone (also of what is too young), then their rows.
bool PostgresHost::keys_first(const Ready& ready, const Query& query, double whole, const RowSink& sink) {
  const std::string column = "q." + identifier(query.key.front());
  const std::string without = without_clock(text_of(query));
  const Ready first = without.empty() ? ready : prepare(without, query);
  const std::string keys_sql = first.with + " SELECT " + column + " FROM " + first.sql;
  const auto plan = explain(keys_sql, first.parameters);
  if (whole <= 0 || planned_cost(plan) >= whole * 0.9) return false;
  const pqxx::result described = connection_.exec(keys_sql + " LIMIT 0", first.parameters);
  const std::string oid = std::to_string(described.column_type(pqxx::row::size_type{0}));
  const std::string type = to_text(value_of(connection_.exec("SELECT format_type($1::oid, NULL)", {oid}), 0, 0));
  Parameters some = ready.parameters;
  some.emplace_back("{}");
  const std::string place = "$" + std::to_string(some.size());
  const std::string by_key = ready.with + " SELECT * FROM " + ready.sql + " WHERE " + column + " = ANY(" + place + "::" + type + "[])";
  if (planned_cost(explain(by_key, some)) > whole * 0.1) return false;
  guard(plan);
  std::vector<Row> keys;
  bool unusable = false;
  connection_.stream(keys_sql, first.parameters, [&](std::span<const Value> row) {
    unusable = is_null(row.front()) || keys.size() >= kMostKeys;
    if (!unusable) keys.emplace_back(row.begin(), row.end());
    return !unusable;
  });
  if (unusable) return false;
  std::sort(keys.begin(), keys.end(),
            [](const Row& a, const Row& b) { return to_text(a.front()) < to_text(b.front()); });
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  by_keys(ready, query, type, keys, sink);
  return true;
}

void PostgresHost::send(const Query& query, const RowSink& sink, const std::vector<Row>* only) {
  const Ready ready = prepare(text_of(query), query);
  if (only != nullptr) {
    by_keys(ready, query, "", *only, sink);
    return;
  }
  const std::string sql = ready.with + " SELECT " + wanted_of(ready.sql, query);
  if (any_large()) {
    const auto plan = explain(sql, ready.parameters);
    if (query.key.size() == 1 && query.columns.size() > 1 && keys_first(ready, query, planned_cost(plan), sink)) return;
    guard(plan);
  }
  connection_.stream(sql, ready.parameters, sink);
}

void PostgresHost::run(const Query& query, const std::vector<Row>* only, const RowSink& sink) {
  try {
    send(query, sink, only);
  } catch (const Failure& failure) {
    // The form with literals need not be one that the server takes: then the check's own text runs. No row has been
    // given yet.
    if (failure.state().starts_with("42") && failure.state() != "42501" && !query.cheaper_sql.empty()) {
      Query plain = query;
      plain.cheaper_sql.clear();
      run(plain, only, sink);
      return;
    }
    if (is_type_mismatch(failure.state())) throw PlanRefused{failure.what()};
    throw;
  }
}

}  // namespace audit::postgres
