#include "auditor/engine/workbench.hpp"

#include <algorithm>

#include "auditor/sys/sqlite_mapping.hpp"

namespace audit {

Workbench::Workbench(const Cancellation& cancel)
    : connection_("", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE), host_(connection_, {.guard = false}) {
  connection_.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
  connection_.watch(cancel);
}

void Workbench::begin(const std::string& relation, const std::vector<std::string>& columns) {
  host_.create(relation, columns);
  std::string marks;
  for (std::size_t i = 0; i < columns.size(); ++i) marks += i == 0 ? "?" : ", ?";
  inserts_[relation] =
      connection_.prepare("INSERT INTO temp." + sqlite::identifier(relation) + " VALUES (" + marks + ")");
  relations_.insert(relation);
}

void Workbench::add(const std::string& relation, std::span<const Value> row) {
  sqlite::Statement& insert = inserts_.at(relation);
  for (std::size_t i = 0; i < row.size(); ++i) insert.bind(static_cast<int>(i + 1), row[i]);
  insert.step();
  insert.reset();
}

void Workbench::finish(const std::string& relation, const std::vector<std::string>& indexed) {
  inserts_.erase(relation);
  host_.index(relation, indexed);
}

namespace {

// The adapter's own columns that the part names.
std::vector<std::string> native_columns(const RelationPart& part) {
  std::vector<std::string> names;
  for (const auto& [name, map] : part.columns) {
    if (!map.from.empty() && std::find(names.begin(), names.end(), map.from) == names.end()) names.push_back(map.from);
  }
  return names;
}

bool is_plain(const RelationPart& part, const std::vector<std::string>& columns) {
  return part.where.empty() && std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
           const ColumnMap* map = part.column(column);
           return map == nullptr || (map->from == column && map->expr.empty() && !map->mapped &&
                                     map->time == TimeForm::none && map->null_values.empty());
         });
}

void scan_part(Store& store, const std::string& relation, const RelationPart& part, const std::vector<std::string>& columns,
               const RowSink& sink) {
  RelationMapping native{part.table, {part}};
  if (is_plain(part, columns)) {
    store.scan(native, columns, sink);
    return;
  }
  const auto names = native_columns(part);
  sqlite::Connection scratch(":memory:", SQLITE_OPEN_READWRITE);
  std::string list;
  std::string marks;
  for (const auto& name : names) {
    list += (list.empty() ? "" : ", ") + sqlite::identifier(name);
    marks += marks.empty() ? "?" : ", ?";
  }
  scratch.exec("CREATE TABLE main." + sqlite::identifier(part.table) + " (" + list + "); BEGIN");
  auto insert = scratch.prepare("INSERT INTO main." + sqlite::identifier(part.table) + " VALUES (" + marks + ")");
  store.scan(native, names, [&](std::span<const Value> row) {
    for (std::size_t i = 0; i < row.size(); ++i) insert.bind(static_cast<int>(i + 1), row[i]);
    insert.step();
    insert.reset();
    return true;
  });
  auto select = scratch.prepare(sqlite::relation_sql({relation, {part}}, columns, "main"));
  Row row;
  while (select.step()) {
    select.row(row);
    if (!sink(row)) return;
  }
}

}  // namespace

void scan_mapped(Store& store, const RelationMapping& mapping, const std::vector<std::string>& columns,
                 const RowSink& sink) {
  if (store.host() != nullptr) {
    store.scan(mapping, columns, sink);
    return;
  }
  bool wanted = true;
  const RowSink while_wanted = [&](std::span<const Value> row) { return wanted = sink(row); };
  for (const auto& part : mapping.parts) {
    if (wanted) scan_part(store, mapping.name, part, columns, while_wanted);
  }
}

}  // namespace audit
