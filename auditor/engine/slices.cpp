#include "auditor/engine/slices.hpp"

#include <algorithm>

#include "auditor/engine/workbench.hpp"

namespace audit {

namespace {

bool is_mapped(const ColumnMap& map) { return map.mapped || map.time != TimeForm::none || !map.null_values.empty(); }

// The columns of the part without what is done to their values, and a part over those that does it.
struct Split {
  RelationPart native;
  RelationPart over;
};

Split split(const RelationPart& part, const std::string& relation, const std::vector<std::string>& columns) {
  Split result{part, {}};
  result.native.columns.clear();
  result.over.source = part.source;
  result.over.table = "audit rows of " + relation;
  for (const auto& column : columns) {
    const ColumnMap* map = part.column(column);
    if (map == nullptr) continue;  // source, scope
    ColumnMap outside = *map;
    if (!map->value.has_value()) {
      ColumnMap inside;
      inside.from = map->expr.empty() ? map->from : std::string();
      inside.expr = map->expr;
      result.native.columns.emplace_back(column, std::move(inside));
      outside.from = column;
      outside.expr.clear();
    }
    result.over.columns.emplace_back(column, std::move(outside));
  }
  return result;
}

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

void Slices::add(const std::string& relation, const std::vector<std::string>& columns,
                 const std::vector<std::string>& indexed) {
  Slice slice;
  slice.state = sources_.find(*sources_.profile().sources_of(relation).begin());
  slice.mapping = slice.state->resolved.relations.at(relation);
  slice.form.relation = relation;
  const RelationPart& part = slice.mapping.parts.front();
  const bool plain = slice.mapping.parts.size() == 1 && slice.state->open.front()->host() != nullptr &&
                     !contains(columns, "defect") && part.column("source") == nullptr;
  if (plain) {
    Split parts = split(part, relation, columns);
    if (const ColumnMap* scope = part.column("scope")) parts.native.columns.emplace_back("scope", *scope);
    for (const auto& [column, map] : parts.native.columns) {
      if (column != "scope") slice.form.columns.push_back(column);
    }
    std::erase_if(parts.over.columns, [](const auto& entry) { return entry.first == "scope"; });
    for (const auto& column : indexed) {
      if (contains(slice.form.columns, column) && !is_mapped(*part.column(column)))
        slice.form.indexed.push_back(column);
    }
    if (slice.form.columns.empty()) slice.form.columns.emplace_back("source");
    slice.mapping = {relation, {std::move(parts.native)}};
    slice.over = std::make_unique<RelationPart>(std::move(parts.over));
  } else {
    slice.form.columns = columns;
    slice.form.indexed = indexed;
  }
  const auto no_row = [](std::span<const Value>) { return true; };
  if (!slice.state->open.front()->scan_scope(slice.mapping, slice.form.columns, "", no_row)) shelve(slice);
  for (const auto& store : slice.state->open) store_mutexes_[store.get()];
  slices_[relation] = std::move(slice);
}

void Slices::shelve(Slice& slice) {
  if (!shelf_) {
    shelf_ = std::make_unique<sqlite::Connection>("", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    shelf_->exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
    shelf_->watch(cancel_);
  }
  const std::string table = sqlite::identifier(slice.form.relation);
  std::vector<std::string> columns = slice.form.columns;
  columns.emplace_back("scope");
  std::string list;
  std::string marks;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    list += (i == 0 ? "" : ", ") + sqlite::identifier("c" + std::to_string(i));
    marks += i == 0 ? "?" : ", ?";
  }
  shelf_->exec("CREATE TABLE " + table + " (" + list + ")");
  auto insert = shelf_->prepare("INSERT INTO " + table + " VALUES (" + marks + ")");
  scan_mapped(*slice.state->open.front(), slice.mapping, columns, [&](std::span<const Value> row) {
    for (std::size_t i = 0; i < row.size(); ++i) insert.bind(static_cast<int>(i + 1), row[i]);
    insert.step();
    insert.reset();
    return true;
  });
  const std::string scope = sqlite::identifier("c" + std::to_string(columns.size() - 1));
  shelf_->exec("CREATE INDEX " + sqlite::identifier("by scope " + slice.form.relation) + " ON " + table + "(" + scope +
               ")");
  list.resize(list.size() - scope.size() - 2);
  slice.shelved = shelf_->prepare("SELECT " + list + " FROM " + table + " WHERE " + scope + " = ?1");
}

void Slices::supply(Slice& slice, const std::string& scope, std::size_t thread, const RowSink& sink) {
  if (!slice.shelved) {
    Store& store = *slice.state->open[thread % slice.state->open.size()];
    const std::lock_guard lock(store_mutexes_.at(&store));
    (void)store.scan_scope(slice.mapping, slice.form.columns, scope, sink);
    return;
  }
  const std::lock_guard lock(shelf_mutex_);
  slice.shelved.bind(1, scope);
  Row row;
  while (slice.shelved.step()) {
    slice.shelved.row(row);
    if (!sink(row)) break;
  }
  slice.shelved.reset();
}

void Slices::ship(const std::string& relation, const std::string& scope, std::size_t thread, Host& host) {
  Slice& slice = slices_.at(relation);
  if (slice.over != nullptr) {
    RelationPart over = *slice.over;
    over.scope_value = scope;
    if (host.ship_native(slice.form, over, [&](const RowSink& sink) { supply(slice, scope, thread, sink); })) return;
    throw PlanRefused{"the store takes no rows of another one"};
  }
  Table table = slice.form;
  supply(slice, scope, thread, [&](std::span<const Value> row) {
    table.rows.emplace_back(row.begin(), row.end());
    return true;
  });
  host.ship(table);
}

}  // namespace audit
