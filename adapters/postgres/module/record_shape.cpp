#include "adapters/postgres/module/record_shape.hpp"

#include <algorithm>
#include <utility>

namespace audit::postgres {

namespace {

// Tables by foreign keys in both directions, whatever the direction of the first, and what a view reads. A partition is a part of its table.
constexpr const char* kTables =
    "WITH RECURSIVE tied(oid) AS (SELECT to_regclass(u.n)::oid FROM unnest($1::text[]) u(n) WHERE to_regclass(u.n) IS NOT NULL "
    " UNION SELECT x.oid FROM tied t CROSS JOIN LATERAL ("
    "  SELECT CASE WHEN k.conrelid = t.oid THEN k.confrelid ELSE k.conrelid END AS oid FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0 AND t.oid IN (k.conrelid, k.confrelid) "
    "  UNION ALL SELECT d.refobjid FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass "
    "  JOIN pg_class v ON v.oid = r.ev_class AND v.relkind = 'v' WHERE r.ev_class = t.oid) x) "
    "SELECT c.oid, c.relname, n.nspname, c.relkind, pg_table_is_visible(c.oid)::integer, has_table_privilege(c.oid, 'SELECT')::integer, "
    "EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhparent = c.oid)::integer, row_security_active(c.oid)::integer, "
    "EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)::integer "
    "FROM tied JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY c.relkind = 'v', CASE WHEN c.relkind = 'v' THEN c.oid::bigint ELSE 0 END, c.relname";

constexpr const char* kColumns =
    "SELECT a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN t.typelem <> 0 AND t.typlen = -1 THEN '[]' ELSE COALESCE(b.typname, t.typname) END, "
    "a.attnotnull::integer, COALESCE(pg_get_expr(d.adbin, d.adrelid), ''), to_jsonb(a) ->> 'attgenerated', a.attidentity::text, "
    "EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_type'::regclass AND e.deptype = 'e' AND e.objid IN (t.oid, t.typelem, t.typbasetype))::integer, "
    "EXISTS (SELECT 1 FROM pg_depend p WHERE p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid AND p.refclassid = 'pg_proc'::regclass)::integer, "
    "EXISTS (SELECT 1 FROM pg_constraint k WHERE k.contype IN ('p', 'f') AND ((k.conrelid = a.attrelid AND a.attnum = ANY (k.conkey)) "
    " OR (k.confrelid = a.attrelid AND a.attnum = ANY (k.confkey))))::integer "
    "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typbasetype <> 0 "
    "LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
    "WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

// Types of the database itself that the columns of these tables are of: enums first, domains may be over them.
constexpr const char* kTypes =
    "WITH used AS (SELECT DISTINCT x.oid FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type e ON e.oid = t.typelem "
    " CROSS JOIN LATERAL (VALUES (t.oid), (t.typelem), (t.typbasetype), (e.typbasetype)) x(oid) "
    " WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped) "
    "SELECT t.typname, t.typtype, format_type(t.typbasetype, t.typtypmod), t.typnotnull::integer, "
    "COALESCE((SELECT string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder) FROM pg_enum l WHERE l.enumtypid = t.oid), ''), "
    "COALESCE((SELECT string_agg(pg_get_constraintdef(k.oid, true), ' ') FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '') "
    "FROM used JOIN pg_type t USING (oid) JOIN pg_namespace n ON n.oid = t.typnamespace "
    "WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND t.typtype IN ('e', 'd') "
    "AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid = 'pg_type'::regclass AND x.deptype = 'e' AND x.objid = t.oid) ORDER BY t.typtype DESC, t.typname";

constexpr const char* kSequences =
    "SELECT DISTINCT s.relname, quote_ident(n.nspname) || '.' || quote_ident(s.relname), q.seqincrement, has_sequence_privilege(s.oid, 'SELECT')::integer, "
    "COALESCE((SELECT quote_literal(quote_ident(i.relname)) || ', ' || quote_literal(a.attname) FROM pg_depend w JOIN pg_class i ON i.oid = w.refobjid "
    " JOIN pg_attribute a ON a.attrelid = w.refobjid AND a.attnum = w.refobjsubid WHERE w.classid = 'pg_class'::regclass AND w.objid = s.oid AND w.deptype = 'i'), '') "
    "FROM pg_depend p JOIN pg_class s ON s.relkind = 'S' AND s.oid IN (p.refobjid, p.objid) JOIN pg_namespace n ON n.oid = s.relnamespace JOIN pg_sequence q ON q.seqrelid = s.oid "
    "LEFT JOIN pg_attrdef d ON p.classid = 'pg_attrdef'::regclass AND d.oid = p.objid "
    "WHERE (d.adrelid = ANY ($1::oid[]) AND p.refclassid = 'pg_class'::regclass) "
    "OR (p.deptype = 'i' AND p.classid = 'pg_class'::regclass AND p.objid = s.oid AND p.refobjid = ANY ($1::oid[])) ORDER BY 1";

constexpr const char* kConstraints =
    "SELECT k.conname, k.contype, pg_get_constraintdef(k.oid, true), c.relname, "
    "EXISTS (SELECT 1 FROM pg_depend p WHERE p.classid = 'pg_constraint'::regclass AND p.objid = k.oid AND p.refclassid = 'pg_proc'::regclass)::integer "
    "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
    "WHERE k.conrelid = ANY ($1::oid[]) AND (k.confrelid = 0 OR k.confrelid = ANY ($1::oid[])) AND k.contype IN ('p', 'u', 'c', 'f', 'x') AND k.conparentid = 0 "
    "ORDER BY array_position(ARRAY['p', 'u', 'x', 'c', 'f'], k.contype::text), c.relname, k.conname";

constexpr const char* kIndexes =
    "SELECT pg_get_indexdef(x.indexrelid, 0, true), c.relname, "
    "EXISTS (SELECT 1 FROM pg_depend p WHERE p.classid = 'pg_class'::regclass AND p.objid = x.indexrelid AND p.refclassid IN ('pg_proc'::regclass, 'pg_opclass'::regclass))::integer "
    "FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid WHERE x.indrelid = ANY ($1::oid[]) AND x.indisvalid "
    "AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x')) ORDER BY c.relname";

class SchemaReader {
 public:
  SchemaReader(Connection& connection, const std::set<std::string>& names, bool loose, std::vector<std::string>& notes)
      : connection_(connection), names_(names), loose_(loose), notes_(notes) {}

  RecordedSchema run() {
    read_tables();
    for (RecordedTable& table : schema_.tables) read_columns(table);
    read_types();
    read_sequences();
    read_constraints();
    return std::move(schema_);
  }

 private:
  static std::string text(const pqxx::result& rows, int row, int column) { return to_text(value_of(rows, row, column)); }
  static bool flag(const pqxx::result& rows, int row, int column) { return to_integer(value_of(rows, row, column)) != 0; }

  // '{"a","b"}' of names or numbers.
  template <typename Each>
  static std::string list(const Each& items) {
    std::string text = "{";
    for (const std::string& item : items) {
      text += text.size() > 1 ? ",\"" : "\"";
      for (const char c : item) text += (c == '"' || c == '\\') ? std::string("\\") + c : std::string(1, c);
      text += "\"";
    }
    return text + "}";
  }

  void leave_out(const std::string& table, const std::string& why) {
    if (names_.contains(table)) throw Error(ErrorKind::source, "table " + table + " cannot be recorded: " + why);
    notes_.push_back("table " + table + " is not in it: " + why);
  }

  void read_tables() {
    std::vector<std::string> wanted;
    for (const std::string& name : names_) wanted.push_back(identifier(name));
    const pqxx::result rows = connection_.exec(kTables, {list(wanted)});
    for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
      RecordedTable table;
      table.oid = text(rows, i, 0);
      table.name = text(rows, i, 1);
      const std::string kind = text(rows, i, 3);
      if (!flag(rows, i, 4)) {
        leave_out(text(rows, i, 2) + "." + table.name, "it is in a schema that the search path does not lead to");
        continue;
      }
      if (!flag(rows, i, 5)) {
        leave_out(table.name, "the role may not read it");
        continue;
      }
      if (kind == "v") {
        const pqxx::result view = connection_.exec("SELECT pg_get_viewdef($1::oid, true)", {table.oid});
        views_.push_back({table.name, "CREATE VIEW " + identifier(table.name) + " AS " + without_end(text(view, 0, 0))});
        continue;
      }
      if (kind == "m" || kind == "f") notes_.push_back(table.name + " is a materialised view or a foreign table: the case has a table with its rows");
      if (kind == "p") notes_.push_back(table.name + " is partitioned: the case has one table with all of its rows");
      if (flag(rows, i, 7)) notes_.push_back("row-level security may hide rows of " + table.name);
      if (flag(rows, i, 8)) notes_.push_back("triggers of " + table.name + " are not in it");
      table.only = kind == "r" && flag(rows, i, 6);
      oids_.push_back(table.oid);
      schema_.tables.push_back(std::move(table));
    }
    for (const std::string& name : names_) {
      if (std::any_of(views_.begin(), views_.end(), [&](const auto& view) { return view.first == name; })) continue;
      if (std::none_of(schema_.tables.begin(), schema_.tables.end(), [&](const RecordedTable& table) { return table.name == name; }))
        leave_out(name, "it is not on the search path; a case has one schema");
    }
  }

  void read_columns(RecordedTable& table) {
    const pqxx::result rows = connection_.exec(kColumns, {table.oid});
    for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
      RecordedColumn column;
      column.name = text(rows, i, 0);
      column.type = text(rows, i, 1);
      column.kind = text(rows, i, 2);
      column.nullable = !flag(rows, i, 3);
      column.linked = flag(rows, i, 9);
      const std::string shown = table.name + "." + column.name;
      if (flag(rows, i, 7)) {
        notes_.push_back(shown + " is text in it: its type " + column.type + " is of an extension");
        column.type = column.kind = "text";
      }
      column.definition = identifier(column.name) + " " + column.type;
      const std::string otherwise = text(rows, i, 4);
      const std::string generated = text(rows, i, 5);
      const std::string identity = text(rows, i, 6);
      if (!generated.empty()) {
        table.definitions.push_back(column.definition + " GENERATED ALWAYS AS (" + otherwise + ") STORED");
        continue;
      }
      if (identity == "a" || identity == "d") column.definition += std::string(" GENERATED ") + (identity == "a" ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY";
      table.identity = table.identity || identity == "a";
      if (!otherwise.empty() && flag(rows, i, 8)) {
        notes_.push_back(shown + " has no default in it: " + otherwise);
      } else if (!otherwise.empty()) {
        column.definition += " DEFAULT " + otherwise;
      }
      if (!column.nullable) column.definition += " NOT NULL";
      table.definitions.push_back(column.definition);
      table.columns.push_back(std::move(column));
    }
  }

  void read_types() {
    const pqxx::result rows = connection_.exec(kTypes, {list(oids_)});
    for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
      const std::string name = identifier(text(rows, i, 0));
      if (text(rows, i, 1) == "e") {
        schema_.types.push_back("CREATE TYPE " + name + " AS ENUM (" + text(rows, i, 4) + ")");
      } else {
        const std::string checks = text(rows, i, 5);
        schema_.types.push_back("CREATE DOMAIN " + name + " AS " + text(rows, i, 2) + (flag(rows, i, 3) ? " NOT NULL" : "") + (checks.empty() || loose_ ? "" : " " + checks));
      }
    }
  }

  void read_sequences() {
    const pqxx::result rows = connection_.exec(kSequences, {list(oids_)});
    for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
      const std::string name = text(rows, i, 0);
      const std::string identity = text(rows, i, 4);
      if (identity.empty()) schema_.types.push_back("CREATE SEQUENCE " + identifier(name) + " INCREMENT BY " + text(rows, i, 2));
      if (!flag(rows, i, 3)) continue;
      const pqxx::result last = connection_.exec("SELECT last_value, is_called::integer FROM " + text(rows, i, 1));
      const std::string place = identity.empty() ? literal(identifier(name)) : "pg_get_serial_sequence(" + identity + ")";
      schema_.numbers.push_back("SELECT setval(" + place + ", " + text(last, 0, 0) + ", " + (flag(last, 0, 1) ? "true" : "false") + ")");
    }
  }

  void read_constraints() {
    const pqxx::result rows = connection_.exec(kConstraints, {list(oids_)});
    std::vector<std::string> references;
    for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
      const std::string type = text(rows, i, 1);
      const std::string definition = text(rows, i, 2);
      const std::string add = "ALTER TABLE " + identifier(text(rows, i, 3)) + " ADD CONSTRAINT " + identifier(text(rows, i, 0)) + " " + definition;
      const bool checked = definition.find(" NOT VALID") == std::string::npos;
      if (flag(rows, i, 4)) {
        notes_.push_back("constraint " + text(rows, i, 0) + " is not in it: it calls a function of the database");
      } else if (type == "f") {
        // Rows that break it were there before it, or came past it: it holds for others all the same.
        references.push_back(!checked ? add : "DO $audit$ BEGIN " + add + "; EXCEPTION WHEN foreign_key_violation THEN " + add + " NOT VALID; END $audit$");
      } else {
        schema_.constraints.push_back(add + (type == "c" && checked && loose_ ? " NOT VALID" : ""));
      }
    }
    const pqxx::result indexes = connection_.exec(kIndexes, {list(oids_)});
    for (int i = 0; i < static_cast<int>(indexes.size()); ++i) {
      if (flag(indexes, i, 2)) {
        notes_.push_back("index " + text(indexes, i, 1) + " is not in it: it needs an extension or a function of the database");
      } else {
        schema_.constraints.push_back(text(indexes, i, 0));
      }
    }
    schema_.constraints.insert(schema_.constraints.end(), references.begin(), references.end());
    for (auto& [name, sql] : views_) schema_.constraints.push_back(std::move(sql));
  }

  static std::string without_end(std::string sql) {
    while (!sql.empty() && (sql.back() == ';' || sql.back() == ' ' || sql.back() == '\n')) sql.pop_back();
    return sql;
  }

  Connection& connection_;
  const std::set<std::string>& names_;
  bool loose_;
  std::vector<std::string>& notes_;
  std::vector<std::string> oids_;
  std::vector<std::pair<std::string, std::string>> views_;  // name, statement
  RecordedSchema schema_;
};

}  // namespace

RecordedSchema read_recorded_schema(Connection& connection, const std::set<std::string>& names, bool loose, std::vector<std::string>& notes) {
  return SchemaReader(connection, names, loose, notes).run();
}

}  // namespace audit::postgres
