#include "adapters/sqlite/table_shape.hpp"

#include <algorithm>

namespace audit {

namespace {

std::vector<std::string> key_columns(sqlite::Connection& connection, const std::string& table) {
  std::vector<std::string> columns;
  auto statement = connection.prepare("SELECT name FROM pragma_table_info(?1, 'main') WHERE pk > 0 ORDER BY pk");
  statement.bind(1, table);
  while (statement.step()) columns.push_back(to_text(statement.value(0)));
  return columns;
}

// Value of an option in CREATE VIRTUAL TABLE … USING fts5(a, b, content='x', content_rowid="id"); nullopt when it is not there.
std::optional<std::string> option_in(const std::string& sql, const std::string& option) {
  const std::string lower = lower_case(sql);
  for (std::size_t at = lower.find(option); at != std::string::npos; at = lower.find(option, at + 1)) {
    std::size_t i = at + option.size();
    while (i < sql.size() && sql[i] == ' ') ++i;
    const bool starts = at == 0 || lower[at - 1] == ' ' || lower[at - 1] == ',' || lower[at - 1] == '(' || lower[at - 1] == '\n' || lower[at - 1] == '\t';
    if (!starts || i >= sql.size() || sql[i] != '=') continue;
    ++i;
    while (i < sql.size() && sql[i] == ' ') ++i;
    const char quote = i < sql.size() && (sql[i] == '\'' || sql[i] == '"' || sql[i] == '`') ? sql[i] : '\0';
    std::string value;
    for (i += quote != '\0' ? 1 : 0; i < sql.size(); ++i) {
      if (quote != '\0' ? sql[i] == quote : (sql[i] == ',' || sql[i] == ')' || sql[i] == ' ')) break;
      value += sql[i];
    }
    return value;
  }
  return std::nullopt;
}

bool mentions(const std::string& sql, const std::string& name) { return lower_case(sql).find(lower_case(name)) != std::string::npos; }

}  // namespace

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return text;
}

std::vector<std::string> TableShape::image() const {
  std::vector<std::string> all;
  if (!rowid.empty()) all.push_back(rowid);
  all.insert(all.end(), columns.begin(), columns.end());
  return all;
}

const TableShape& TableShapes::of(const std::string& table) {
  read_schema();
  const auto [known, is_new] = shapes_.try_emplace(lower_case(table));
  TableShape& shape = known->second;
  if (!is_new) return shape;
  shape.name = table;
  auto statement = connection_.prepare("SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND lower(name) = ?1");
  statement.bind(1, known->first);
  if (!statement.step()) return shape;
  shape.exists = true;
  shape.name = to_text(statement.value(0));
  shape.is_table = to_text(statement.value(1)) == "table" || to_text(statement.value(1)) == "shadow";
  if (!shape.is_table) return shape;
  read_columns(shape);
  if (const auto found = foreign_keys_.find(known->first); found != foreign_keys_.end()) shape.children = found->second;
  shape.triggers = trigger_sql_.contains(known->first);
  read_text_indexes(shape);
  return shape;
}

const std::string& TableShapes::shadow_of(const std::string& table) {
  static const std::string kNone;
  read_schema();
  const auto found = shadows_.find(lower_case(table));
  return found == shadows_.end() ? kNone : found->second;
}

void TableShapes::read_schema() {
  if (read_) return;
  read_ = true;
  auto tables = connection_.prepare("SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
  std::vector<std::string> shadows;
  std::vector<std::string> plain;
  while (tables.step()) {
    const std::string name = to_text(tables.value(0));
    const std::string type = to_text(tables.value(1));
    if (type == "shadow") shadows.push_back(name);
    if (type == "table") plain.push_back(name);
    if (type == "virtual") virtuals_.push_back({name, ""});
  }
  for (auto& one : virtuals_) {
    one.sql = to_text(connection_.single("SELECT sql FROM main.sqlite_schema WHERE name = " + sqlite::literal(std::string_view(one.name))));
    for (const auto& shadow : shadows) {
      if (lower_case(shadow).starts_with(lower_case(one.name) + "_")) shadows_[lower_case(shadow)] = one.name;
    }
  }
  auto triggers = connection_.prepare("SELECT tbl_name, sql FROM main.sqlite_schema WHERE type = 'trigger'");
  while (triggers.step()) trigger_sql_.emplace(lower_case(to_text(triggers.value(0))), to_text(triggers.value(1)));
  for (const auto& child : plain) {
    std::map<std::int64_t, std::pair<std::string, ForeignKey>> keys;  // id → parent, key
    auto statement = connection_.prepare("SELECT id, \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list(?1, 'main') ORDER BY id, seq");
    statement.bind(1, child);
    while (statement.step()) {
      auto& [parent, key] = keys[to_integer(statement.value(0))];
      parent = to_text(statement.value(1));
      key.child = child;
      key.from.push_back(to_text(statement.value(2)));
      if (!is_null(statement.value(3))) key.to.push_back(to_text(statement.value(3)));
      key.on_delete = to_text(statement.value(4));
    }
    for (auto& [id, entry] : keys) {
      auto& [parent, key] = entry;
      if (key.to.empty()) key.to = key_columns(connection_, parent);
      if (key.to.size() == key.from.size()) foreign_keys_[lower_case(parent)].push_back(std::move(key));
    }
  }
}

void TableShapes::read_columns(TableShape& shape) {
  std::vector<std::string> all;
  bool integer_key = false;
  auto statement = connection_.prepare("SELECT name, hidden, dflt_value, pk, type FROM pragma_table_xinfo(?1, 'main') ORDER BY cid");
  statement.bind(1, shape.name);
  int key_parts = 0;
  while (statement.step()) {
    const std::string name = to_text(statement.value(0));
    const std::int64_t hidden = to_integer(statement.value(1));
    all.push_back(lower_case(name));
    if (hidden == 2 || hidden == 3) shape.generated = true;
    if (hidden != 0) continue;
    shape.columns.push_back(name);
    if (!is_null(statement.value(2))) shape.defaults[name] = to_text(statement.value(2));
    if (to_integer(statement.value(3)) > 0) {
      ++key_parts;
      integer_key = lower_case(to_text(statement.value(4))) == "integer";
    }
  }
  shape.key = key_columns(connection_, shape.name);
  auto without = connection_.prepare("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?1");
  without.bind(1, shape.name);
  shape.without_rowid = without.step() && to_integer(without.value(0)) != 0;
  if (shape.without_rowid) return;
  if (key_parts == 1 && integer_key) return;  // the column is the rowid
  for (const char* name : {"rowid", "_rowid_", "oid"}) {
    if (std::find(all.begin(), all.end(), name) != all.end()) continue;
    shape.rowid = name;
    break;
  }
  if (shape.key.empty() && !shape.rowid.empty()) shape.key = {shape.rowid};
}

void TableShapes::read_text_indexes(TableShape& shape) {
  for (const auto& one : virtuals_) {
    if (lower_case(one.sql).find("using fts5") == std::string::npos) continue;
    const auto content = option_in(one.sql, "content");
    if (!content.has_value() || lower_case(*content) != lower_case(shape.name)) continue;
    TextIndex index;
    index.name = one.name;
    index.rowid = option_in(one.sql, "content_rowid").value_or("rowid");
    auto statement = connection_.prepare("SELECT name FROM pragma_table_xinfo(?1, 'main') WHERE hidden = 0 ORDER BY cid");
    statement.bind(1, one.name);
    while (statement.step()) index.columns.push_back(to_text(statement.value(0)));
    const auto [begin, end] = trigger_sql_.equal_range(lower_case(shape.name));
    index.by_trigger = std::any_of(begin, end, [&](const auto& trigger) { return mentions(trigger.second, one.name); });
    shape.indexes.push_back(std::move(index));
  }
}

}  // namespace audit
