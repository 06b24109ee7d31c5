#include "adapters/postgres/module/mapping.hpp"

namespace audit::postgres {

namespace {

Kind kind_of(const std::string& type) {
  static const std::map<std::string, Kind> kKinds = {
      {"text", Kind::text},        {"varchar", Kind::text},    {"bpchar", Kind::text},  {"citext", Kind::text},
      {"int2", Kind::integer},     {"int4", Kind::integer},    {"int8", Kind::integer}, {"float4", Kind::real},
      {"float8", Kind::real},      {"numeric", Kind::numeric}, {"bool", Kind::boolean}, {"timestamp", Kind::time},
      {"timestamptz", Kind::time}, {"date", Kind::date},       {"uuid", Kind::uuid},    {"bytea", Kind::bytes}};
  const auto found = kKinds.find(type);
  return found == kKinds.end() ? Kind::other : found->second;
}

// A domain is what it is a domain of.
constexpr const char* kShape =
    "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname, COALESCE(b.typname, t.typname), "
    "format_type(COALESCE(b.oid, t.oid), NULL) "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "LEFT JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typbasetype <> 0 "
    "WHERE c.oid = to_regclass($1::text) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";

}  // namespace

NativeTable Tables::read(const std::string& quoted) {
  NativeTable table;
  const pqxx::result rows = connection_.exec(kShape, {quoted});
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    table.name = to_text(value_of(rows, i, 0));
    const Value column = value_of(rows, i, 1);
    if (is_null(column)) continue;
    table.columns[to_text(column)] = {kind_of(to_text(value_of(rows, i, 2))), to_text(value_of(rows, i, 3))};
  }
  return table;
}

const NativeTable& Tables::find(const std::string& table) {
  const auto known = known_.find(table);
  if (known != known_.end()) return known->second;
  NativeTable found = read(identifier(table));
  const auto dot = table.find('.');
  if (found.name.empty() && dot != std::string::npos) {
    found = read(identifier(table.substr(0, dot)) + "." + identifier(table.substr(dot + 1)));
  }
  return known_[table] = std::move(found);
}

}  // namespace audit::postgres
