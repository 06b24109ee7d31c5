#include "adapters/postgres/module/catalog.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace audit::postgres {

namespace {

constexpr const char* kTable =
    "SELECT c.oid, n.nspname, c.relname, c.relkind, pg_table_is_visible(c.oid)::integer, "
    "row_security_active(c.oid)::integer, current_user, "
    "(SELECT count(*) FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent "
    " WHERE p.relkind = 'r' AND (i.inhparent = c.oid OR i.inhrelid = c.oid)), "
    "array_to_json(ARRAY(SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'DELETE']) p WHERE has_table_privilege(c.oid, "
    "p) "
    " UNION ALL SELECT 'UPDATE' WHERE has_any_column_privilege(c.oid, 'UPDATE')))::text "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass($1::text)";

constexpr const char* kColumns =
    "SELECT a.attname, format_type(a.atttypid, -1), to_jsonb(a) ->> 'attgenerated', "
    "COALESCE(array_position(x.indkey::integer[], a.attnum::integer), -1), COALESCE(pg_get_expr(d.adbin, d.adrelid), "
    "'') "
    "FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum LEFT JOIN pg_index x "
    "ON x.indrelid = a.attrelid AND x.indisprimary "
    "WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

// A constraint of a partitioned table exists once more per partition: only the one that was declared counts.
constexpr const char* kKeys =
    "WITH family(oid) AS (SELECT $1::oid UNION SELECT relid FROM pg_partition_tree($1::oid) "
    "UNION SELECT relid FROM pg_partition_ancestors($1::oid)) "
    "SELECT k.conname, k.conrelid IN (SELECT oid FROM family), k.confrelid IN (SELECT oid FROM family), "
    "CASE WHEN pg_table_is_visible(c.oid) THEN c.relname ELSE cn.nspname || '.' || c.relname END, "
    "CASE WHEN pg_table_is_visible(p.oid) THEN p.relname ELSE pn.nspname || '.' || p.relname END, k.confdeltype, "
    "array_to_json(ARRAY(SELECT a.attname FROM unnest(k.conkey) WITH ORDINALITY u(n, i) "
    " JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n ORDER BY u.i))::text, "
    "array_to_json(ARRAY(SELECT a.attname FROM unnest(k.confkey) WITH ORDINALITY u(n, i) "
    " JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n ORDER BY u.i))::text, "
    "array_to_json(ARRAY(SELECT a.attname FROM jsonb_array_elements_text(CASE jsonb_typeof(to_jsonb(k) -> "
    "'confdelsetcols') "
    " WHEN 'array' THEN to_jsonb(k) -> 'confdelsetcols' ELSE '[]' END) u(n) "
    " JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n::integer))::text, "
    "p.relispartition AND k.confrelid <> $1::oid AND k.confrelid NOT IN (SELECT relid FROM "
    "pg_partition_ancestors($1::oid)) "
    "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace "
    "JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace "
    "WHERE k.contype = 'f' AND k.conparentid = 0 AND (k.conrelid IN (SELECT oid FROM family) OR k.confrelid IN (SELECT "
    "oid FROM family)) "
    "ORDER BY k.conname";

// tgtype: 4 insert, 8 delete, 16 update. ev_type: 2 update, 3 insert, 4 delete.
constexpr const char* kTriggers =
    "WITH family(oid) AS (SELECT $1::oid UNION SELECT relid FROM pg_partition_tree($1::oid)) "
    "SELECT 'trigger ' || t.tgname, (t.tgtype & 4 > 0)::integer, (t.tgtype & 16 > 0)::integer, (t.tgtype & 8 > "
    "0)::integer, "
    "array_to_json(ARRAY(SELECT a.attname FROM unnest(t.tgattr::integer[]) u(n) "
    " JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = u.n))::text "
    "FROM pg_trigger t WHERE t.tgrelid IN (SELECT oid FROM family) AND NOT t.tgisinternal AND t.tgenabled IN ('O', "
    "'A') "
    "UNION SELECT 'rule ' || r.rulename, (r.ev_type = '3')::integer, (r.ev_type = '2')::integer, (r.ev_type = "
    "'4')::integer, '[]' "
    "FROM pg_rewrite r WHERE r.ev_class IN (SELECT oid FROM family) AND r.ev_type <> '1' AND r.ev_enabled IN ('O', "
    "'A') ORDER BY 1";

std::string text_at(const pqxx::result& rows, int row, int column) { return to_text(value_of(rows, row, column)); }
bool flag_at(const pqxx::result& rows, int row, int column) { return to_integer(value_of(rows, row, column)) != 0; }
std::vector<std::string> names_at(const pqxx::result& rows, int row, int column) {
  return nlohmann::json::parse(text_at(rows, row, column)).get<std::vector<std::string>>();
}

OnDelete on_delete(const std::string& type) {
  if (type == "c") return OnDelete::cascade;
  if (type == "n") return OnDelete::set_null;
  return type == "d" ? OnDelete::set_default : OnDelete::refuse;
}

std::string unfit_kind(const std::string& kind, const std::string& table) {
  if (kind == "v" || kind == "m") return table + " is a view: map the table that its rows are in";
  if (kind == "f")
    return table + " is a foreign table: its rows are in another database, which takes no part in the transaction";
  return kind == "r" || kind == "p" ? "" : table + " is no table";
}

const char* verb(ChangeOp op) {
  return op == ChangeOp::insert ? "inserted" : op == ChangeOp::update ? "updated" : "deleted";
}

bool fires(const Trigger& trigger, ChangeOp op, const std::vector<std::string>& columns) {
  if (op == ChangeOp::insert) return trigger.on_insert;
  if (op == ChangeOp::remove) return trigger.on_delete;
  return trigger.on_update &&
         (trigger.columns.empty() || std::any_of(columns.begin(), columns.end(), [&](const auto& name) {
            return std::find(trigger.columns.begin(), trigger.columns.end(), name) != trigger.columns.end();
          }));
}

std::vector<ChangeOp> there_and_back(ChangeOp op) {
  if (op == ChangeOp::update) return {op};
  return {op, op == ChangeOp::insert ? ChangeOp::remove : ChangeOp::insert};
}

// Rows are locked with SELECT … FOR UPDATE, which asks for the right to update them.
std::vector<std::string> needed(ChangeOp op) {
  if (op == ChangeOp::update) return {"SELECT", "UPDATE"};
  return {"SELECT", "INSERT", "UPDATE", "DELETE"};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

const TableColumn* TableFacts::column(const std::string& name) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

std::string obstacle(const TableFacts& table, ChangeOp op, const std::vector<std::string>& columns) {
  if (!table.unfit.empty()) return table.unfit;
  for (const ChangeOp each : there_and_back(op)) {
    for (const auto& trigger : table.triggers) {
      if (!fires(trigger, each, columns)) continue;
      return trigger.name + " runs when rows of " + table.shown + " are " + verb(each) +
             ": what it does cannot be foreseen, and undo could not take it back";
    }
  }
  std::vector<std::string> missing;
  for (const auto& privilege : needed(op)) {
    if (!table.privileges.contains(privilege)) missing.push_back(privilege);
  }
  if (missing.empty()) return {};
  return "role " + table.role + " lacks a privilege, also for undo: GRANT " + joined(missing) + " ON " + table.sql +
         " TO " + identifier(table.role);
}

void Catalog::read_table(const std::string& quoted, TableFacts& facts) {
  const pqxx::result rows = connection_.exec(kTable, {quoted});
  if (rows.empty()) return;
  const std::string schema = text_at(rows, 0, 1);
  const std::string name = text_at(rows, 0, 2);
  facts.oid = text_at(rows, 0, 0);
  facts.sql = identifier(schema) + "." + identifier(name);
  facts.shown = flag_at(rows, 0, 4) ? name : schema + "." + name;
  facts.unfit = unfit_kind(text_at(rows, 0, 3), facts.shown);
  facts.role = text_at(rows, 0, 6);
  if (flag_at(rows, 0, 5)) {
    facts.hidden = "row-level security hides rows of " + facts.shown + " from role " + facts.role +
                   ": connect as a role with BYPASSRLS, or as the owner of the table";
  }
  if (facts.unfit.empty()) facts.unfit = facts.hidden;
  if (facts.unfit.empty() && flag_at(rows, 0, 7)) facts.unfit = facts.shown + " is inherited from, or inherits";
  for (auto& privilege : names_at(rows, 0, 8)) facts.privileges.insert(std::move(privilege));
}

void Catalog::read_columns(TableFacts& facts) {
  const pqxx::result rows = connection_.exec(kColumns, {facts.oid});
  std::map<std::int64_t, std::string> key;
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    facts.columns.push_back(
        {text_at(rows, i, 0), text_at(rows, i, 1), !text_at(rows, i, 2).empty(), text_at(rows, i, 4)});
    const std::int64_t position = to_integer(value_of(rows, i, 3));
    if (position >= 0) key[position] = facts.columns.back().name;
  }
  for (auto& [position, name] : key) facts.key.push_back(std::move(name));
}

void Catalog::read_keys(TableFacts& facts) {
  const pqxx::result rows = connection_.exec(kKeys, {facts.oid});
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    ForeignKey key{text_at(rows, i, 0),  text_at(rows, i, 3),  text_at(rows, i, 4),
                   names_at(rows, i, 6), names_at(rows, i, 7), on_delete(text_at(rows, i, 5)),
                   names_at(rows, i, 8), flag_at(rows, i, 9)};
    if (key.set_columns.empty()) key.set_columns = key.child_columns;
    if (flag_at(rows, i, 1)) facts.parents.push_back(key);
    if (flag_at(rows, i, 2)) facts.children.push_back(std::move(key));
  }
}

void Catalog::read_triggers(TableFacts& facts) {
  const pqxx::result rows = connection_.exec(kTriggers, {facts.oid});
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    facts.triggers.push_back(
        {text_at(rows, i, 0), flag_at(rows, i, 1), flag_at(rows, i, 2), flag_at(rows, i, 3), names_at(rows, i, 4)});
  }
}

const TableFacts& Catalog::find(const std::string& table) {
  const auto known = known_.find(table);
  if (known != known_.end()) return known->second;
  TableFacts facts;
  read_table(identifier(table), facts);
  const auto dot = table.find('.');
  if (facts.oid.empty() && dot != std::string::npos) {
    read_table(identifier(table.substr(0, dot)) + "." + identifier(table.substr(dot + 1)), facts);
  }
  if (facts.oid.empty())
    throw Error(ErrorKind::repair, "there is no table " + table,
                "the profile or the schema changed since the plan was made");
  read_columns(facts);
  read_keys(facts);
  read_triggers(facts);
  return known_[table] = std::move(facts);
}

}  // namespace audit::postgres
