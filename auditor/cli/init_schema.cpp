#include "auditor/cli/init_schema.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "auditor/sys/sqlite.hpp"

namespace audit {

namespace {

using Json = nlohmann::json;

constexpr const char* kSqliteTables = R"(
SELECT json_group_array(json_object(
  'table', name,
  'columns', json((SELECT json_group_array(json_object('name', c.name, 'type', c.type, 'key', c.pk)) FROM pragma_table_info(m.name) c)),
  'keys', json((SELECT json_group_array(json_object('column', f."from", 'table', f."table")) FROM pragma_foreign_key_list(m.name) f))))
FROM (SELECT name FROM sqlite_schema
      WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 4) <> '_cf_'
        AND sql IS NOT NULL AND sql NOT LIKE 'CREATE VIRTUAL%'
      ORDER BY name) m)";

constexpr const char* kPostgresTables = R"(
SELECT json_agg(json_build_object(
  'table', c.relname,
  'columns', (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL),
                'key', CASE WHEN EXISTS (SELECT 1 FROM pg_constraint p WHERE p.conrelid = c.oid AND p.contype = 'p' AND a.attnum = ANY (p.conkey))
                            THEN 1 ELSE 0 END) ORDER BY a.attnum)
              FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
  'keys', (SELECT COALESCE(json_agg(json_build_object(
             'column', (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = k.conkey[1]),
             'table', (SELECT r.relname FROM pg_class r WHERE r.oid = k.confrelid))), '[]'::json)
           FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f')) ORDER BY c.relname)::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition)";

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

const SchemaColumn* SchemaTable::column(const std::string& wanted) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const SchemaColumn& c) { return c.name == wanted; });
  return found == columns.end() ? nullptr : &*found;
}

std::vector<SchemaTable> read_schema(Store& store, const std::string& adapter) {
  const Value value = store.probe(adapter == "sqlite" ? kSqliteTables : kPostgresTables);
  std::vector<SchemaTable> tables;
  if (is_null(value)) return tables;
  for (const Json& json : Json::parse(to_text(value))) {
    SchemaTable table;
    table.name = json.at("table").get<std::string>();
    for (const Json& column : json.at("columns")) {
      table.columns.push_back({column.at("name").get<std::string>(),
                               lower(column.at("type").get<std::string>()),
                               column.at("key").get<int>() > 0,
                               {}});
    }
    for (const Json& key : json.at("keys")) {
      for (SchemaColumn& column : table.columns) {
        if (column.name == key.at("column")) column.refers_to = key.at("table").get<std::string>();
      }
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

std::vector<std::string> column_values(Store& store, const std::string& adapter, const std::string& table,
                                       const std::string& column) {
  const std::string name = sqlite::identifier(column);
  const std::string rows = "(SELECT DISTINCT " + name + " AS v FROM " + sqlite::identifier(table) + " WHERE " + name +
                           " IS NOT NULL ORDER BY 1 LIMIT 20) q";
  const Value value = store.probe(adapter == "sqlite" ? "SELECT json_group_array(CAST(v AS TEXT)) FROM " + rows
                                                      : "SELECT json_agg(CAST(v AS text))::text FROM " + rows);
  std::vector<std::string> values;
  if (is_null(value)) return values;
  for (const Json& one : Json::parse(to_text(value), nullptr, false)) {
    if (one.is_string()) values.push_back(one.get<std::string>());
  }
  return values;
}

Value column_sample(Store& store, const std::string& table, const std::string& column) {
  const std::string name = sqlite::identifier(column);
  return store.probe("SELECT " + name + " FROM " + sqlite::identifier(table) + " WHERE " + name +
                     " IS NOT NULL LIMIT 1");
}

}  // namespace audit
