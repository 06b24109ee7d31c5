#include "adapters/postgres/module/mapping.hpp"

#include <algorithm>

#include "adapters/postgres/module/query_text.hpp"
#include "auditor/model/vocabulary.hpp"

namespace audit::postgres {

namespace {

constexpr const char* kDay = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
constexpr const char* kClock = "([01][0-9]|2[0-3]):[0-5][0-9]";
constexpr const char* kSeconds = ":[0-5][0-9]([.][0-9]+)?";
constexpr const char* kZone = "(Z|[+-](0[0-9]|1[0-5]):[0-5][0-9])";

// A native value as SQL, and what is known of its type.
struct Native {
  std::string sql;
  Kind kind = Kind::unknown;
  std::string type;
};

bool is_number(Kind kind) { return kind == Kind::integer || kind == Kind::real || kind == Kind::numeric; }
bool is_time(Kind kind) { return kind == Kind::time || kind == Kind::date; }

std::string as_text(const Native& native) {
  return native.kind == Kind::text ? native.sql : "(" + native.sql + ")::text";
}

std::string constant(const Value& value, const char* null_type) {
  if (is_null(value)) return std::string("NULL::") + null_type;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return "(" + std::to_string(*number) + ")::bigint";
  if (std::holds_alternative<double>(value)) return literal(to_text(value)) + "::double precision";
  return literal(to_text(value)) + "::text";
}

Native native_of(const ColumnMap& map, const NativeTable& table) {
  Native native;
  if (!map.expr.empty()) {
    native.sql = "(" + map.expr + ")";
  } else {
    native.sql = identifier(map.from);
    if (const auto column = table.columns.find(map.from); column != table.columns.end()) {
      native.kind = column->second.kind;
      native.type = column->second.type;
    }
  }
  if (map.null_values.empty()) return native;
  std::string list;
  for (const auto& unset : map.null_values) list += (list.empty() ? "" : ", ") + literal(to_text(unset));
  native.sql = "CASE WHEN " + as_text(native) + " IN (" + list + ") THEN NULL ELSE " + native.sql + " END";
  return native;
}

// True (never NULL for a value) when the text is a time of this form, so that the cast that follows cannot fail.
std::string good_time_text(const std::string& value, TimeForm form) {
  const std::string pattern = form == TimeForm::rfc3339
                                  ? std::string("^") + kDay + "T" + kClock + kSeconds + kZone + "$"
                                  : std::string("^") + kDay + "([T ]" + kClock + "(" + kSeconds + ")?" + kZone + "?)?$";
  const auto part = [&](int from, int length) {
    return "substr(" + value + ", " + std::to_string(from) + ", " + std::to_string(length) + ")::integer";
  };
  // The last day of the month, without a function that fails for what is no date.
  const std::string leap =
      "(" + part(1, 4) + " % 4 = 0 AND (" + part(1, 4) + " % 100 <> 0 OR " + part(1, 4) + " % 400 = 0))";
  const std::string last = "CASE WHEN " + part(6, 2) + " = 2 THEN CASE WHEN " + leap + " THEN 29 ELSE 28 END WHEN " +
                           part(6, 2) + " IN (4, 6, 9, 11) THEN 30 ELSE 31 END";
  return "CASE WHEN " + value + " ~ " + literal(pattern) + " THEN substr(" + value + ", 1, 4) <> '0000' AND " +
         part(9, 2) + " <= " + last + " ELSE false END";
}

std::string text_time_ms(const std::string& value, TimeForm form) {
  return "CASE WHEN " + good_time_text(value, form) + " THEN floor(date_part('epoch', (" + value +
         ")::timestamptz) * 1000 + 0.0005)::bigint END";
}

std::string epoch_ms(const Native& native, TimeForm form) {
  const bool seconds = form == TimeForm::epoch_s;
  const std::string scale = form == TimeForm::epoch_us ? " / 1000" : form == TimeForm::epoch_ns ? " / 1000000" : "";
  if (native.kind == Kind::integer) return "((" + native.sql + ")::bigint" + (seconds ? " * 1000" : scale) + ")";
  const std::string number = "(" + native.sql + ")::double precision";
  const std::string ms = "floor(" + number + (seconds ? " * 1000" : scale) + ")";
  const std::string guarded = "CASE WHEN abs(" + number + ") < 1e18 THEN " + ms + "::bigint END";
  if (native.kind != Kind::text) return guarded;
  return "CASE WHEN " + native.sql + " ~ '^-?[0-9]{1,17}([.][0-9]+)?$' THEN " + guarded + " END";
}

bool is_time_text(TimeForm form) { return form == TimeForm::rfc3339 || form == TimeForm::iso8601; }

std::string time_sql(const Native& native, TimeForm form) {
  if (is_time(native.kind) || form == TimeForm::timestamp) return native_time_ms(native.sql);
  if (is_time_text(form)) return text_time_ms(as_text(native), form);
  return epoch_ms(native, form);
}

std::string mapped_sql(const ColumnMap& map, const Native& native) {
  const bool numbers = std::all_of(map.map.begin(), map.map.end(), [](const auto& pair) {
    return std::holds_alternative<std::int64_t>(pair.second) || is_null(pair.second);
  });
  const char* const null_type = numbers ? "bigint" : "text";
  std::string sql = "CASE " + as_text(native);
  for (const auto& [from, to] : map.map) sql += " WHEN " + literal(to_text(from)) + " THEN " + constant(to, null_type);
  return sql + " ELSE " + constant(map.otherwise, null_type) + " END";
}

const VocabularyColumn* canonical(const std::string& relation, const std::string& column) {
  const auto* known = Vocabulary::canonical().find(relation);
  return known == nullptr ? nullptr : known->column(column);
}

bool wants_integer(const std::string& relation, const std::string& column) {
  const auto* known = canonical(relation, column);
  return known != nullptr && known->type == "INTEGER";
}

std::string defect_sql(const std::string& relation, const RelationPart& part, const NativeTable& table) {
  std::string sql;
  for (const auto& [name, map] : part.columns) {
    if (map.value.has_value()) continue;
    const Native native = native_of(map, table);
    const bool time = map.time != TimeForm::none || (is_time(native.kind) && wants_integer(relation, name));
    if (!time) continue;
    sql += (sql.empty() ? "" : " || ") +
           ("CASE WHEN " + native.sql + " IS NOT NULL AND (" + time_sql(native, map.time)) +
           ") IS NULL THEN '; bad time in " + name + "' ELSE '' END";
  }
  return sql.empty() ? "NULL::text" : "NULLIF(substr(" + sql + ", 3), '')";
}

// What kind of value the canonical column has, to tell whether the parts of a relation agree.
Kind canonical_kind(const std::string& relation, const RelationPart& part, const NativeTable& table,
                    const std::string& column) {
  const ColumnMap* map = part.column(column);
  if (map == nullptr || map->value.has_value() || !map->expr.empty()) return Kind::unknown;
  if (map->time != TimeForm::none) return Kind::integer;
  if (map->mapped) return Kind::text;
  const Kind kind = native_of(*map, table).kind;
  if (kind == Kind::boolean || (is_time(kind) && wants_integer(relation, column))) return Kind::integer;
  return is_time(kind) || kind == Kind::other ? Kind::text : kind;
}

// True when the parts of a relation have values of different types for the column: then all of them become text.
bool disagree(const RelationMapping& relation, const std::string& column, Tables& tables) {
  std::set<Kind> kinds;
  for (const auto& part : relation.parts) {
    kinds.insert(canonical_kind(relation.name, part, tables.find(part.table), column));
  }
  kinds.erase(Kind::unknown);
  return kinds.size() > 1;
}

bool is_nothing(const RelationPart& part, const std::string& column) {
  const ColumnMap* map = part.column(column);
  return map != nullptr && map->value.has_value() && is_null(*map->value);
}

// The type of NULL in a part that has nothing for a column: that of the part that has something.
std::string null_sql(const RelationMapping& relation, const std::string& column, Tables& tables) {
  for (const auto& part : relation.parts) {
    if (is_nothing(part, column)) continue;
    const Kind kind = canonical_kind(relation.name, part, tables.find(part.table), column);
    if (kind == Kind::uuid) return "NULL::uuid";
    if (kind == Kind::integer) return "NULL::bigint";
    if (is_number(kind)) return "NULL::numeric";
    if (kind == Kind::bytes) return "NULL::bytea";
    if (kind == Kind::text) return "NULL::text";
    return "NULL";
  }
  return wants_integer(relation.name, column) ? "NULL::bigint" : "NULL::text";
}

}  // namespace

std::string column_sql(const std::string& relation, const RelationPart& part, const NativeTable& table,
                       const std::string& column) {
  if (const ColumnMap* map = part.column(column)) {
    if (map->value.has_value()) return constant(*map->value, wants_integer(relation, column) ? "bigint" : "text");
    const Native native = native_of(*map, table);
    if (map->mapped) return mapped_sql(*map, native);
    if (map->time != TimeForm::none || (is_time(native.kind) && wants_integer(relation, column))) {
      return time_sql(native, map->time);
    }
    if (native.kind == Kind::boolean) return "(" + native.sql + ")::integer";
    if (is_time(native.kind) || native.kind == Kind::other) return as_text(native);
    return native.sql;
  }
  if (column == "source") return literal(part.source) + "::text";
  if (column == "defect") return defect_sql(relation, part, table);
  if (column == "scope") {
    return part.scope.empty() ? literal(part.scope_value) + "::text" : identifier(part.scope) + "::text";
  }
  throw Error(ErrorKind::config, "column " + column + " of table " + part.table + " is not mapped");
}

std::string relation_sql(const RelationMapping& relation, const std::vector<std::string>& columns, Tables& tables) {
  std::string sql;
  for (const auto& part : relation.parts) {
    const NativeTable& table = tables.find(part.table);
    std::string list;
    for (const auto& column : columns) {
      std::string value = relation.parts.size() > 1 && is_nothing(part, column)
                              ? null_sql(relation, column, tables)
                              : column_sql(relation.name, part, table, column);
      if (relation.parts.size() > 1 && disagree(relation, column, tables)) value = "(" + value + ")::text";
      list += (list.empty() ? "" : ", ") + value + " AS " + identifier(column);
    }
    sql += (sql.empty() ? "SELECT " : " UNION ALL SELECT ") + list + " FROM " + table.name;
    if (!part.where.empty()) sql += " WHERE (" + part.where + ")";
  }
  return sql;
}

std::string plain_time_type(const RelationPart& part, const NativeTable& table, const std::string& column) {
  const ColumnMap* map = part.column(column);
  if (map == nullptr || map->from.empty() || !map->expr.empty() || !map->null_values.empty() || map->mapped) return {};
  const auto native = table.columns.find(map->from);
  if (native == table.columns.end() || native->second.kind != Kind::time) return {};
  return native->second.type;
}

}  // namespace audit::postgres
