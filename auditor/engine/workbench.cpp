#include "auditor/engine/workbench.hpp"

#include <algorithm>

#include "auditor/engine/row_mapper.hpp"
#include "auditor/engine/sql_text.hpp"
#include "auditor/model/vocabulary.hpp"
#include "auditor/sys/sqlite_mapping.hpp"

namespace audit {

Workbench::Workbench(const Cancellation& cancel)
    : connection_("", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE), host_(connection_, {.guard = false}) {
  connection_.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp.cache_size = -16384; BEGIN");
  connection_.watch(cancel);
}

bool Workbench::has(const std::string& relation, const std::vector<std::string>& columns) const {
  const auto known = relations_.find(relation);
  return known != relations_.end() && std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
           return std::find(known->second.begin(), known->second.end(), column) != known->second.end();
         });
}

void Workbench::begin(const std::string& relation, const std::vector<std::string>& columns) {
  inserts_.erase(relation);
  if (relations_.contains(relation)) connection_.exec("DROP TABLE temp." + sqlite::identifier(relation));
  host_.create(relation, columns, sqlite::SqliteHost::Ids::text);
  std::string marks;
  for (std::size_t i = 0; i < columns.size(); ++i) marks += i == 0 ? "?" : ", ?";
  inserts_[relation] =
      connection_.prepare("INSERT INTO temp." + sqlite::identifier(relation) + " VALUES (" + marks + ")");
  relations_[relation] = columns;
}

void Workbench::add(const std::string& relation, std::span<const Value> row) {
  sqlite::Statement& insert = inserts_.at(relation);
  for (std::size_t i = 0; i < row.size(); ++i) insert.bind(static_cast<int>(i + 1), row[i]);
  insert.step();
  insert.reset();
}

void Workbench::finish(const std::string& relation, const std::vector<std::string>& indexed) {
  if (inserts_.erase(relation) > 0) host_.index(relation, indexed);
}

namespace {

constexpr int kScratchRows = 2000;

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

// The rows of a store as it keeps them: all, or where it can find them by their keys just these.
void scan_native(Store& store, const RelationPart& part, const std::vector<std::string>& names, const RowSink& sink,
                 const OnlyRows* only) {
  const RelationMapping native{part.table, {part}};
  const ColumnMap* key = only == nullptr ? nullptr : part.column(only->column);
  const bool found = key != nullptr && key->writable_as_is && store.scan_keys(native, names, key->from, only->values, sink);
  if (!found) store.scan(native, names, sink);
}

// SQL works out what a part says, some thousand rows at a time.
class Scratch {
 public:
  Scratch(const std::string& relation, const RelationPart& part, const std::vector<std::string>& names,
          const std::vector<std::string>& columns, const RowSink& sink)
      : connection_(":memory:", SQLITE_OPEN_READWRITE), sink_(sink) {
    const std::string table = "main." + sqlite::identifier(part.table);
    std::string list;
    std::string marks;
    for (const auto& name : names) {
      list += (list.empty() ? "" : ", ") + sqlite::identifier(name);
      marks += marks.empty() ? "?" : ", ?";
    }
    connection_.exec("CREATE TABLE " + table + " (" + list + "); BEGIN");
    insert_ = connection_.prepare("INSERT INTO " + table + " VALUES (" + marks + ")");
    select_ = connection_.prepare(sqlite::relation_sql({relation, {part}}, columns, "main"));
    clear_ = connection_.prepare("DELETE FROM " + table);
  }

  // Both return false when no more rows are wanted.
  bool add(std::span<const Value> row) {
    for (std::size_t i = 0; i < row.size(); ++i) insert_.bind(static_cast<int>(i + 1), row[i]);
    insert_.step();
    insert_.reset();
    return ++waiting_ < kScratchRows || give();
  }
  bool give() {
    Row row;
    bool more = true;
    while (more && select_.step()) {
      select_.row(row);
      more = sink_(row);
    }
    select_.reset();
    clear_.step();
    clear_.reset();
    waiting_ = 0;
    return more;
  }

 private:
  sqlite::Connection connection_;
  const RowSink& sink_;
  sqlite::Statement insert_;
  sqlite::Statement select_;
  sqlite::Statement clear_;
  int waiting_ = 0;
};

void scan_part(Store& store, const std::string& relation, const RelationPart& mapped, const std::vector<std::string>& columns,
               const RowSink& sink, const OnlyRows* only) {
  RelationPart part = mapped;
  if (part.scope.empty() && part.scope_value.empty()) part.scope = "scope";  // the adapter knows whose row it is
  if (const auto mapper = RowMapper::make(part, columns); mapper.has_value()) {
    Row row(columns.size());
    scan_native(store, part, mapper->native(), [&](std::span<const Value> native) {
      mapper->map(native, row);
      return sink(row);
    }, only);
    return;
  }
  const auto names = NativeColumns(store, part).of(columns);
  Scratch scratch(relation, part, names, columns, sink);
  bool more = true;
  scan_native(store, part, names, [&](std::span<const Value> row) { return more = scratch.add(row); }, only);
  if (more) scratch.give();
}

}  // namespace

void scan_mapped(Store& store, const RelationMapping& mapping, const std::vector<std::string>& columns,
                 const RowSink& sink, const OnlyRows* only) {
  if (store.host() != nullptr) {
    store.scan(mapping, columns, sink);
    return;
  }
  bool wanted = true;
  const RowSink while_wanted = [&](std::span<const Value> row) { return wanted = sink(row); };
  for (const auto& part : mapping.parts) {
    if (wanted) scan_part(store, mapping.name, part, columns, while_wanted, only);
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
