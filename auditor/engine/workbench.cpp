#include "auditor/engine/workbench.hpp"

#include <algorithm>

#include "auditor/engine/sql_text.hpp"
#include "auditor/model/vocabulary.hpp"
#include "auditor/sys/sqlite_mapping.hpp"

namespace audit {

Workbench::Workbench(const Cancellation& cancel)
    : connection_("", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE), host_(connection_, {.guard = false}) {
  connection_.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp.cache_size = -16384; BEGIN");
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

// The adapter's own columns behind those that are wanted: some are costly to make.
class NativeColumns {
 public:
  NativeColumns(Store& store, const RelationPart& part) : store_(store), part_(part) {}

  std::vector<std::string> of(const std::vector<std::string>& columns) {
    for (const auto& column : columns) {
      const ColumnMap* map = part_.column(column);
      if (map != nullptr) {
        add(*map);
      } else if (column == "scope" && !part_.scope.empty()) {
        add(part_.scope);
      } else if (column == "defect") {
        for (const auto& [name, other] : part_.columns) {
          if (other.time != TimeForm::none) add(other);
        }
      }
    }
    add_words(part_.where);
    if (names_.empty()) names_.emplace_back("source");
    return std::move(names_);
  }

 private:
  void add(const std::string& name) {
    if (!name.empty() && std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
  }
  void add(const ColumnMap& map) {
    add(map.from);
    add_words(map.expr);
  }
  void add_words(const std::string& sql) {
    if (sql.empty()) return;
    for (const auto& token : tokenize_sql(sql)) {
      if (token.kind != SqlToken::Kind::word && token.kind != SqlToken::Kind::quoted) continue;
      const bool named = std::any_of(part_.columns.begin(), part_.columns.end(),
                                     [&](const auto& column) { return column.second.from == token.text; });
      if (named || store_.has(part_.table, token.text)) add(token.text);
    }
  }

  Store& store_;
  const RelationPart& part_;
  std::vector<std::string> names_;
};

// The adapter's own name of every column, where rows need nothing but that; empty otherwise.
std::vector<std::string> plain_columns(const RelationPart& part, const std::vector<std::string>& columns) {
  std::vector<std::string> names;
  if (!part.where.empty()) return names;
  for (const auto& column : columns) {
    const ColumnMap* map = part.column(column);
    if (map == nullptr && column == "scope" && !part.scope.empty()) return {};
    if (map != nullptr && (map->from.empty() || !map->expr.empty() || map->mapped || map->time != TimeForm::none || !map->null_values.empty())) {
      return {};
    }
    const std::string& name = map == nullptr ? column : map->from;
    if (std::find(names.begin(), names.end(), name) != names.end()) return {};
    names.push_back(name);
  }
  return names;
}

void scan_part(Store& store, const std::string& relation, const RelationPart& part, const std::vector<std::string>& columns,
               const RowSink& sink) {
  RelationMapping native{part.table, {part}};
  if (const auto plain = plain_columns(part, columns); !plain.empty()) {
    store.scan(native, plain, sink);
    return;
  }
  const auto names = NativeColumns(store, part).of(columns);
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

std::vector<std::string> worth_an_index(const std::string& relation, const std::vector<std::string>& columns) {
  const auto* known = Vocabulary::canonical().find(relation);
  std::vector<std::string> indexed;
  for (const auto& column : columns) {
    const bool joins = known != nullptr ? column == known->key || std::find(known->join_columns.begin(), known->join_columns.end(),
                                                                            column) != known->join_columns.end()
                                        : column == "id" || column == "key" || column == "path" || column.ends_with("_id");
    if (joins) indexed.push_back(column);
  }
  return indexed;
}

}  // namespace audit
