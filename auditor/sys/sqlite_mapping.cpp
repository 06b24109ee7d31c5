#include "auditor/sys/sqlite_mapping.hpp"

#include <algorithm>

#include "auditor/model/error.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit::sqlite {

namespace {

// The connection's own function for a time that is spelled in text (sqlite_functions.hpp); nullptr for the others.
const char* time_function(TimeForm form) {
  switch (form) {
    case TimeForm::rfc3339: return "audit_rfc3339";
    case TimeForm::iso8601:
    case TimeForm::timestamp: return "audit_iso8601";
    default: return nullptr;
  }
}

std::string scaled(const std::string& value, std::int64_t numerator, std::int64_t denominator) {
  std::string sql = "CAST(" + value + " AS " + (numerator > 1 ? "REAL" : "INTEGER") + ")";
  if (numerator > 1) sql = "CAST(ROUND(" + sql + " * " + std::to_string(numerator) + ") AS INTEGER)";
  if (denominator > 1) sql += " / " + std::to_string(denominator);
  return "CASE WHEN typeof(" + value + ") IN ('integer', 'real') THEN " + sql + " END";
}

// True when the native value is not a time of this form.
std::string bad_time_sql(const std::string& value, TimeForm form) {
  if (const char* function = time_function(form)) return std::string(function) + "(" + value + ") IS NULL";
  return "typeof(" + value + ") NOT IN ('integer', 'real')";
}

// Milliseconds since the epoch; NULL for what is not a time of this form.
std::string time_sql(const std::string& value, TimeForm form) {
  if (const char* function = time_function(form)) return std::string(function) + "(" + value + ")";
  switch (form) {
    case TimeForm::epoch_s: return scaled(value, 1000, 1);
    case TimeForm::epoch_ms: return scaled(value, 1, 1);
    case TimeForm::epoch_us: return scaled(value, 1, 1000);
    case TimeForm::epoch_ns: return scaled(value, 1, 1'000'000);
    default: return value;
  }
}

std::string unset_guarded(const ColumnMap& map, const std::string& value) {
  if (map.null_values.empty()) return value;
  if (map.null_values.size() == 1) return "NULLIF(" + value + ", " + literal(map.null_values.front()) + ")";
  std::string list;
  for (const auto& unset : map.null_values) list += (list.empty() ? "" : ", ") + literal(unset);
  return "CASE WHEN " + value + " IN (" + list + ") THEN NULL ELSE " + value + " END";
}

std::string native_sql(const ColumnMap& map) {
  if (map.value.has_value()) return literal(*map.value);
  return unset_guarded(map, map.expr.empty() ? identifier(map.from) : "(" + map.expr + ")");
}

std::string mapped_sql(const ColumnMap& map, const std::string& value) {
  if (map.map.empty()) return literal(map.otherwise);
  std::string sql = "CASE " + value;
  for (const auto& [native, canonical] : map.map) sql += " WHEN " + literal(native) + " THEN " + literal(canonical);
  return sql + " ELSE " + literal(map.otherwise) + " END";
}

std::string defect_sql(const RelationPart& part) {
  std::string sql;
  for (const auto& [name, map] : part.columns) {
    if (map.time == TimeForm::none || map.value.has_value()) continue;
    const std::string value = native_sql(map);
    sql += (sql.empty() ? "" : " || ") + ("CASE WHEN " + value + " IS NOT NULL AND " + bad_time_sql(value, map.time)) +
           " THEN '; bad time in " + name + "' ELSE '' END";
  }
  return sql.empty() ? "NULL" : "NULLIF(substr(" + sql + ", 3), '')";
}

std::string part_sql(const RelationPart& part, const std::vector<std::string>& columns, const std::string& schema) {
  std::string sql = "SELECT ";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    sql += (i == 0 ? "" : ", ") + column_sql(part, columns[i]) + " AS " + identifier(columns[i]);
  }
  sql += " FROM " + identifier(schema) + "." + identifier(part.table);
  if (!part.where.empty()) sql += " WHERE (" + part.where + ")";
  return sql;
}

}  // namespace

std::string column_sql(const RelationPart& part, const std::string& column) {
  if (const ColumnMap* map = part.column(column)) {
    std::string sql = native_sql(*map);
    if (map->value.has_value()) return sql;
    if (map->mapped) sql = mapped_sql(*map, sql);
    return time_sql(sql, map->time);
  }
  if (column == "source") return literal(std::string_view(part.source));
  if (column == "defect") return defect_sql(part);
  if (column == "scope") {
    return part.scope.empty() ? literal(std::string_view(part.scope_value)) : identifier(part.scope);
  }
  throw Error(ErrorKind::config, "column " + column + " of table " + part.table + " is not mapped");
}

std::string relation_scope_sql(const RelationMapping& relation, const std::vector<std::string>& columns,
                               const std::string& schema) {
  std::string sql;
  for (const auto& part : relation.parts) {
    sql += (sql.empty() ? "" : " UNION ALL ") + part_sql(part, columns, schema) + (part.where.empty() ? " WHERE " : " AND ") +
           column_sql(part, "scope") + " = ?1";
  }
  return sql;
}

std::string relation_sql(const RelationMapping& relation, const std::vector<std::string>& columns,
                         const std::string& schema) {
  std::string sql;
  for (const auto& part : relation.parts) {
    sql += (sql.empty() ? "" : " UNION ALL ") + part_sql(part, columns, schema);
  }
  return sql;
}

std::string lazy_relation_sql(const RelationPart& part, const std::vector<std::string>& columns,
                              const std::vector<std::string>& at_once, const std::string& schema) {
  const std::string table = identifier(schema) + "." + identifier(part.table);
  const auto is_read = [&](const ColumnMap& map) {
    return std::any_of(at_once.begin(), at_once.end(), [&](const std::string& name) {
      const ColumnMap* other = part.column(name);
      return other != nullptr && !map.from.empty() && other->from == map.from;
    });
  };
  std::string sql;
  for (const auto& column : columns) {
    const ColumnMap* map = part.column(column);
    const bool constant = map == nullptr ? column != "defect" && part.scope.empty() : map->value.has_value();
    const bool plain = constant || std::find(at_once.begin(), at_once.end(), column) != at_once.end() || (map != nullptr && is_read(*map));
    const std::string value = column_sql(part, column);
    sql += (sql.empty() ? "SELECT " : ", ") +
           (plain ? value : "(SELECT " + value + " FROM " + table + " AS lazy WHERE lazy.rowid = " + identifier(part.table) + ".rowid)") +
           " AS " + identifier(column);
  }
  return sql + " FROM " + table;
}

}  // namespace audit::sqlite
