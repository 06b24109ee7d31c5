#include "adapters/sqlite/sqlite_writer.hpp"

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>
#include <thread>

#include "adapters/sqlite/row_access.hpp"
#include "adapters/sqlite/sqlite_file.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/sqlite/touched_rows.hpp"
#include "adapters/sqlite/unit_rules.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/durable_file.hpp"
#include "auditor/sys/warm_memory.hpp"

namespace audit {

namespace {

using namespace unit_rules;  // NOLINT: written for this file

constexpr std::size_t kCacheBytes = 32U << 20U;
constexpr std::size_t kManyUnits = 10'000;  // will fill the cache

// The rows of a unit have to be read before they go.
struct ReadFirst {};

class SqliteWriter : public Writer {
 public:
  SqliteWriter(const StoreInfo& store, std::unique_ptr<sqlite::Connection> connection, const WriteRequest& request, const Cancellation& cancel)
      : location_(store.location), mode_(request.mode), lock_timeout_(request.lock_timeout), cancel_(cancel), db_(*connection) {
    StoreInfo info = store;
    info.status = StoreStatus::ok;
    store_ = std::make_unique<SqliteStore>(info, std::move(connection), FileState::of(location_), true, nullptr);
    begin();
    rows_ = std::make_unique<RowAccess>(db_);
    touched_ = std::make_unique<TouchedRows>(db_);
  }
  // What was not committed is rolled back when the connection closes, after the statements on it are gone.

  [[nodiscard]] Store& view() override { return *store_; }
  void back_up(const std::filesystem::path& directory) override;
  void apply(std::span<const Unit> units, const UnitSink& sink) override;
  void prepare() override;
  void commit() override;
  [[nodiscard]] Presence presence(const Change& effect) override;

 private:
  void begin();
  UnitOutcome make(const Unit& unit);
  std::vector<Change> run(const Unit& unit);
  Change run_change(const Change& change);
  void remove(const Change& change, const TableShape& shape, Change& effect);
  void remove_plain(const Change& change, const TableShape& shape, Change& effect);
  int remove_rows(const TableShape& shape, const Cells& name);
  void update(const Change& change, const TableShape& shape, Change& effect);
  void insert(const Change& change, const TableShape& shape, Change& effect);
  [[nodiscard]] Cells current(const TableShape& shape, const Change& change);
  // `changed`: an update writes these columns alone.
  void index_text(const TableShape& shape, const Cells& image, bool add, const Cells* changed = nullptr);
  [[nodiscard]] std::vector<TouchedRow> beyond(const Unit& unit, const std::vector<Change>& effects, const std::vector<TouchedRow>& touched);
  [[nodiscard]] Cells image_by_rowid(const std::string& table, std::int64_t rowid);
  std::vector<Change> run_again(const Unit& unit, const std::vector<TouchedRow>& extra);
  [[noreturn]] void fail(const sqlite::Failure& failure, const std::string& doing) const;

  std::string location_;
  WriteMode mode_;
  std::chrono::milliseconds lock_timeout_;
  const Cancellation& cancel_;
  sqlite::Connection& db_;
  std::unique_ptr<SqliteStore> store_;  // owns the connection
  std::unique_ptr<RowAccess> rows_;
  std::unique_ptr<TouchedRows> touched_;
  std::size_t applied_ = 0;  // units that were to be
  bool reads_first_ = false;
  struct {
    const TableShape* shape = nullptr;
    std::vector<std::string> columns;
    RowAccess::Kept* statement = nullptr;
  } removal_;  // the last one's statement
};

void SqliteWriter::fail(const sqlite::Failure& failure, const std::string& doing) const {
  if (failure.primary() == SQLITE_INTERRUPT) cancel_.check();
  std::string hint = "nothing was changed there";
  switch (failure.primary()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: hint = "its application is writing; run again, or with a longer --timeout"; break;
    case SQLITE_READONLY: hint = "run as a user who may write it and its folder"; break;
    case SQLITE_FULL: hint = "free space on its disk"; break;
    default: break;
  }
  throw Error(ErrorKind::repair, "cannot " + doing + " " + location_ + ": " + failure.what(), hint);
}

// A writer that never pauses can starve another: tries come at random distances.
void SqliteWriter::begin() {
  std::minstd_rand random(std::random_device{}());
  const auto give_up = std::chrono::steady_clock::now() + lock_timeout_;
  db_.exec(mode_ == WriteMode::repair ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
  // With less, a power cut after the commit could bring back what was committed away.
  db_.exec("PRAGMA main.synchronous = EXTRA");
  // Changes come in the order of findings, not of pages: with the usual 2 MiB most pages would go to the disk and come back many times.
  db_.exec("PRAGMA main.cache_size = -" + std::to_string(kCacheBytes >> 10U));
  for (;;) {
    try {
      db_.exec("BEGIN IMMEDIATE");
      return;
    } catch (const sqlite::Failure& failure) {
      const bool busy = failure.primary() == SQLITE_BUSY || failure.primary() == SQLITE_LOCKED;
      if (!busy || std::chrono::steady_clock::now() >= give_up) throw;
    }
    cancel_.check();
    std::this_thread::sleep_for(std::chrono::milliseconds(5 + random() % 40));
  }
}

void SqliteWriter::back_up(const std::filesystem::path& directory) {
  make_private_directory(directory);
  const std::filesystem::path file = directory / (std::filesystem::path(location_).filename().string() + ".backup");
  try {
    // Another connection sees the database as it was before this transaction.
    const auto original = open_in_place(location_, lock_timeout_);
    sqlite::Connection copy(file.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    copy.exec("PRAGMA synchronous = FULL");
    sqlite3_backup* backup = sqlite3_backup_init(copy.get(), "main", original->get(), "main");
    if (backup == nullptr) copy.fail(SQLITE_ERROR, "");
    const int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) copy.fail(code, "");
  } catch (const sqlite::Failure& failure) {
    throw Error(ErrorKind::repair, "cannot back up " + location_ + " to " + file.string() + ": " + failure.what(),
                "without a backup nothing is changed; free space there, or use --backup rows");
  }
  sync_directory(directory);
}

void SqliteWriter::apply(std::span<const Unit> units, const UnitSink& sink) {
  try {
    applied_ += units.size();
    if (applied_ >= kManyUnits && applied_ - units.size() < kManyUnits) expect_small_blocks(kCacheBytes);
    // A unit that another one stands in the way of (a unique index) gets a second chance after it.
    std::vector<std::size_t> again;
    for (std::size_t i = 0; i < units.size(); ++i) {
      UnitOutcome outcome = make(units[i]);
      if (outcome.kind == UnitOutcome::Kind::refused) {
        again.push_back(i);
      } else {
        sink(i, std::move(outcome));
      }
      if (i % 64 == 0) cancel_.check();
    }
    for (const std::size_t i : again) sink(i, make(units[i]));
  } catch (const sqlite::Failure& failure) {
    fail(failure, "change");
  }
}

UnitOutcome SqliteWriter::make(const Unit& unit) {
  UnitOutcome outcome;
  touched_->clear();
  rows_->use("SAVEPOINT unit")->step();
  const auto back = [&](UnitOutcome::Kind kind, const std::string& reason) {
    db_.exec("ROLLBACK TO unit");
    outcome.kind = kind;
    outcome.reason = reason;
    outcome.effects.clear();
  };
  try {
    try {
      outcome.effects = run(unit);
    } catch (const ReadFirst&) {
      db_.exec("ROLLBACK TO unit");
      touched_->clear();
      reads_first_ = true;
      outcome.effects = run(unit);
    }
    if (const auto extra = beyond(unit, outcome.effects, touched_->take()); !extra.empty()) {
      db_.exec("ROLLBACK TO unit");
      reads_first_ = true;
      outcome.effects = run_again(unit, extra);
    }
  } catch (const NotMade& why) {
    back(why.kind, why.reason);
  } catch (const sqlite::Failure& failure) {
    // What SQLite does not let happen, of this unit alone; anything else ends the transaction.
    const int code = failure.primary();
    if (code != SQLITE_CONSTRAINT && code != SQLITE_ERROR && code != SQLITE_MISMATCH && code != SQLITE_TOOBIG) throw;
    back(UnitOutcome::Kind::refused, std::string("SQLite refuses it: ") + failure.what());
  }
  reads_first_ = false;
  rows_->use("RELEASE unit")->step();
  return outcome;
}

std::vector<Change> SqliteWriter::run(const Unit& unit) {
  std::vector<Change> effects;
  for (const Change* change : unit.changes) {
    Change effect = run_change(*change);
    if (!effect.row.empty()) effects.push_back(std::move(effect));
  }
  return effects;
}

// The effect; without a row name when there was nothing to do.
Change SqliteWriter::run_change(const Change& change) {
  const TableShape& shape = rows_->shapes().of(change.table);
  if (!shape.exists) refused("there is no table " + change.table + " any more");
  if (!shape.is_table) refused(change.table + " is not a table whose rows can be changed");
  Change effect = without_cells(change);
  switch (change.op) {
    case ChangeOp::remove: remove(change, shape, effect); break;
    case ChangeOp::update: update(change, shape, effect); break;
    case ChangeOp::insert: insert(change, shape, effect); break;
  }
  return effect;
}

// The row that the change names, whole; nothing when there is none.
Cells SqliteWriter::current(const TableShape& shape, const Change& change) {
  std::vector<std::string> columns;
  Row values;
  for (const auto& [column, value] : change.row) {
    columns.push_back(column);
    values.push_back(value);
  }
  if (columns.empty()) refused("nothing names the row of " + change.table);
  auto found = rows_->rows(shape, columns, values, 2);
  if (found.size() > 1) refused(spelled(change.row) + " names several rows of " + change.table);
  return found.empty() ? Cells{} : std::move(found.front());
}

void SqliteWriter::remove(const Change& change, const TableShape& shape, Change& effect) {
  if (mode_ == WriteMode::repair && !reads_first_ && !change.row.empty() && TouchedRows::shows(shape)) {
    remove_plain(change, shape, effect);
    return;
  }
  Cells image = current(shape, change);
  if (image.empty() && mode_ == WriteMode::restore) return;
  if (image.empty()) changed(change, "is not there any more");
  if (!agrees(shape, image, change.before)) changed(change, "is not what it was");
  if (mode_ == WriteMode::restore) {
    RelationPart nothing;
    Change removal = change;
    removal.before = image;
    const auto found = rows_->consequences(nothing, removal);
    if (!found.blocked.empty() || !found.changes.empty()) changed(change, "has other rows that refer to it now");
  }
  effect.row = RowAccess::name_of(shape, image);
  index_text(shape, image, false);
  const int removed = remove_rows(shape, effect.row);
  if (removed != 1) refused("removing row " + spelled(effect.row) + " of " + change.table + " removes " + std::to_string(removed) + " rows");
  effect.before = std::move(image);
}

// Of a plain row the image is taken while it goes; when it is not the one, the unit's savepoint brings it back.
void SqliteWriter::remove_plain(const Change& change, const TableShape& shape, Change& effect) {
  touched_->show(shape);
  const int removed = remove_rows(shape, change.row);
  if (removed == 0) changed(change, "is not there any more");
  if (removed != 1) refused(spelled(change.row) + " names several rows of " + change.table);
  std::optional<Cells> image = touched_->shown();
  if (!image.has_value()) throw ReadFirst{};
  if (!agrees(shape, *image, change.before)) changed(change, "is not what it was");
  effect.row = RowAccess::name_of(shape, *image);
  effect.before = std::move(*image);
}

// How many there were. Usually there is a next one of the same table, named in the same way.
int SqliteWriter::remove_rows(const TableShape& shape, const Cells& name) {
  const auto same = [](const std::string& column, const auto& cell) { return column == cell.first; };
  if (removal_.shape != &shape || !std::equal(removal_.columns.begin(), removal_.columns.end(), name.begin(), name.end(), same)) {
    std::string sql = "DELETE FROM main." + sqlite::identifier(shape.name) + " WHERE ";
    removal_.columns.clear();
    for (std::size_t i = 0; i < name.size(); ++i) {
      sql += (i == 0 ? "" : " AND ") + sqlite::identifier(name[i].first) + " = ?" + std::to_string(i + 1);
      removal_.columns.push_back(name[i].first);
    }
    removal_.shape = &shape;
    removal_.statement = &rows_->kept(sql);
  }
  RowAccess::Use statement(*removal_.statement);
  for (std::size_t i = 0; i < name.size(); ++i) statement->bind(static_cast<int>(i + 1), name[i].second);
  statement->step();
  return sqlite3_changes(db_.get());
}

void SqliteWriter::update(const Change& change, const TableShape& shape, Change& effect) {
  const Cells image = current(shape, change);
  if (image.empty()) changed(change, "is not there any more");
  for (const auto& [column, value] : change.after) {
    if (std::none_of(image.begin(), image.end(), [&name = column](const auto& one) { return one.first == name; })) {
      refused("column " + column + " of " + change.table + " cannot be written");
    }
  }
  if (mode_ == WriteMode::restore && agrees(shape, image, change.after)) return;
  if (!agrees(shape, image, change.before)) changed(change, "is not what it was");
  const Cells name = RowAccess::name_of(shape, image);
  std::string set;
  std::string where;
  int position = 0;
  for (const auto& [column, value] : change.after) set += (set.empty() ? "" : ", ") + sqlite::identifier(column) + " = ?" + std::to_string(++position);
  for (const auto& [column, value] : name) where += (where.empty() ? "" : " AND ") + sqlite::identifier(column) + " = ?" + std::to_string(++position);
  index_text(shape, image, false, &change.after);
  auto statement = rows_->use("UPDATE main." + sqlite::identifier(shape.name) + " SET " + set + " WHERE " + where);
  position = 0;
  for (const auto& [column, value] : change.after) statement->bind(++position, value);
  for (const auto& [column, value] : name) statement->bind(++position, value);
  statement->step();
  const int updated = sqlite3_changes(db_.get());
  if (updated != 1) refused("changing row " + spelled(name) + " of " + change.table + " changes " + std::to_string(updated) + " rows");
  Change moved = change;  // the name may be what changes
  moved.row = name;
  for (auto& [column, value] : moved.row) {
    for (const auto& [written, to] : change.after) {
      if (written == column) value = to;
    }
  }
  const Cells now = current(shape, moved);
  index_text(shape, now, true, &change.after);
  effect.row = RowAccess::name_of(shape, now);
  // What is stored can differ from what was written (affinity, a trigger): the effect is what is there.
  for (std::size_t i = 0; i < image.size() && i < now.size(); ++i) {
    const bool asked = std::any_of(change.after.begin(), change.after.end(), [&](const auto& one) { return one.first == image[i].first; });
    if (!asked && image[i].second == now[i].second) continue;
    effect.before.push_back(image[i]);
    effect.after.push_back(now[i]);
  }
}

void SqliteWriter::insert(const Change& change, const TableShape& shape, Change& effect) {
  Cells cells = change.after;
  if (mode_ == WriteMode::restore && !change.row.empty()) {
    if (const Cells image = current(shape, change); !image.empty()) {
      if (agrees(shape, image, change.after)) return;
      changed(change, "is there again, and is another one");
    }
    const Value rowid = shape.rowid.empty() ? Value{} : cell(cells, shape.rowid);
    if (!is_null(rowid) && !rows_->rows(shape, {shape.rowid}, {rowid}, 1).empty()) {
      std::erase_if(cells, [&](const auto& one) { return one.first == shape.rowid; });  // another row has it by now
    }
  }
  std::string columns;
  std::string marks;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    columns += (i == 0 ? "" : ", ") + sqlite::identifier(cells[i].first);
    marks += (i == 0 ? "?" : ", ?") + std::to_string(i + 1);
  }
  auto statement = rows_->use("INSERT INTO main." + sqlite::identifier(shape.name) + (cells.empty() ? " DEFAULT VALUES" : " (" + columns + ") VALUES (" + marks + ")"));
  for (std::size_t i = 0; i < cells.size(); ++i) statement->bind(static_cast<int>(i + 1), cells[i].second);
  statement->step();
  Change made = change;
  made.row.clear();
  const bool has_rowid = !shape.rowid.empty() || shape.key.size() == 1;
  if (!shape.rowid.empty()) {
    made.row = {{shape.rowid, static_cast<std::int64_t>(sqlite3_last_insert_rowid(db_.get()))}};
  } else {
    for (const auto& column : shape.key) {
      const Value given = cell(cells, column);
      made.row.emplace_back(column, is_null(given) && has_rowid ? Value(static_cast<std::int64_t>(sqlite3_last_insert_rowid(db_.get()))) : given);
    }
  }
  effect.after = current(shape, made);
  if (effect.after.empty()) refused("the new row of " + change.table + " is not there after it was inserted");
  effect.row = RowAccess::name_of(shape, effect.after);
  index_text(shape, effect.after, true);
}

// Full-text indexes over rows of the table that nothing else keeps: without this every search in them fails.
void SqliteWriter::index_text(const TableShape& shape, const Cells& image, bool add, const Cells* changed) {
  for (const auto& index : shape.indexes) {
    if (index.by_trigger && mode_ == WriteMode::repair) continue;
    const auto is_indexed = [&](const auto& one) { return one.first == index.rowid || std::find(index.columns.begin(), index.columns.end(), one.first) != index.columns.end(); };
    if (changed != nullptr && std::none_of(changed->begin(), changed->end(), is_indexed)) continue;
    std::string columns = add ? "rowid" : sqlite::identifier(index.name) + ", rowid";
    std::string marks = add ? "?1" : "'delete', ?1";
    int position = 1;
    for (const auto& column : index.columns) {
      columns += ", " + sqlite::identifier(column);
      marks += ", ?" + std::to_string(++position);
    }
    Value rowid = cell(image, index.rowid);
    if (is_null(rowid) && !shape.rowid.empty()) rowid = cell(image, shape.rowid);
    if (is_null(rowid)) refused("the full-text index " + index.name + " names rows of " + shape.name + " in a way that is not known");
    auto statement = rows_->use("INSERT INTO main." + sqlite::identifier(index.name) + "(" + columns + ") VALUES (" + marks + ")");
    position = 1;
    statement->bind(1, rowid);
    for (const auto& column : index.columns) statement->bind(++position, cell(image, column));
    try {
      statement->step();
    } catch (const sqlite::Failure& failure) {
      if (failure.primary() != SQLITE_CORRUPT) throw;
      refused("the full-text index " + index.name + " does not hold the row of " + shape.name + " as it is: rebuild it first (INSERT INTO " + index.name + "(" + index.name + ") VALUES ('rebuild'))");
    }
  }
}

int native_op(ChangeOp op) { return op == ChangeOp::insert ? SQLITE_INSERT : op == ChangeOp::update ? SQLITE_UPDATE : SQLITE_DELETE; }

bool is_touch_of(const TouchedRow& row, const Change& effect) {
  return row.op == native_op(effect.op) && (row.table == effect.table || lower_case(row.table) == lower_case(effect.table));
}

// Rows that were touched beyond those of the effects, full-text indexes aside.
std::vector<TouchedRow> SqliteWriter::beyond(const Unit& unit, const std::vector<Change>& effects, const std::vector<TouchedRow>& touched) {
  std::vector<TouchedRow> extra;
  if (effects.size() == 1 && touched.size() == 1 && is_touch_of(touched.front(), effects.front()) && rows_->shapes().shadow_of(touched.front().table).empty()) {
    return extra;  // the usual case: one row, and nothing else
  }
  bool triggers = false;
  std::set<std::string> indexes;
  for (const Change* change : unit.changes) {
    const TableShape& shape = rows_->shapes().of(change->table);
    triggers = triggers || shape.triggers;
    for (const auto& index : shape.indexes) indexes.insert(index.name);
  }
  std::multiset<std::pair<int, std::string>> expected;
  for (const auto& effect : effects) {
    expected.emplace(native_op(effect.op), lower_case(effect.table));
  }
  // Every effect touched one row of its table in its own way: as many are ours; where a trigger touches the same table as well, all are looked at.
  std::multiset<std::pair<int, std::string>> seen;
  for (const auto& row : touched) {
    const std::string& index = rows_->shapes().shadow_of(row.table);
    if (!index.empty()) {
      if (!indexes.contains(index)) refused("a trigger writes the virtual table " + index + ", which could not be taken back exactly");
      continue;
    }
    seen.emplace(row.op, lower_case(row.table));
  }
  if (seen == expected) return extra;
  if (!triggers && mode_ == WriteMode::repair) {
    throw NotMade{UnitOutcome::Kind::changed, "rows refer to it that were not there when the plan was made"};
  }
  for (const auto& row : touched) {
    if (rows_->shapes().shadow_of(row.table).empty()) extra.push_back(row);
  }
  return extra;
}

Cells SqliteWriter::image_by_rowid(const std::string& table, std::int64_t rowid) {
  const TableShape& shape = rows_->shapes().of(table);
  const std::string column = !shape.rowid.empty() ? shape.rowid : shape.key.size() == 1 ? shape.key.front() : std::string();
  if (column.empty()) refused("a trigger writes " + table + ", a table without rowids, which could not be taken back exactly");
  auto found = rows_->rows(shape, {column}, {rowid}, 1);
  return found.empty() ? Cells{} : std::move(found.front());
}

// Triggers touched more rows than the changes did: their images are taken before, the unit runs once more, and what differs afterwards is an effect as well.
std::vector<Change> SqliteWriter::run_again(const Unit& unit, const std::vector<TouchedRow>& touched) {
  std::map<std::pair<std::string, std::int64_t>, Cells> before;
  for (const auto& row : touched) {
    for (const std::int64_t rowid : {row.rowid_before, row.rowid_after}) {
      if (row.op == SQLITE_INSERT && rowid == row.rowid_before && row.rowid_before != row.rowid_after) continue;
      before[{row.table, rowid}] = image_by_rowid(row.table, rowid);
    }
  }
  touched_->clear();
  std::vector<Change> effects = run(unit);
  const auto again = touched_->take();
  std::vector<TouchedRow> relevant;
  for (const auto& row : again) {
    if (rows_->shapes().shadow_of(row.table).empty()) relevant.push_back(row);
  }
  if (relevant != touched) refused("its triggers do something else each time, which could not be taken back exactly");
  // The whole of it, row by row: what a trigger did to a row of ours counts as well.
  std::vector<Change> all;
  for (const auto& [place, old] : before) {
    const Cells now = image_by_rowid(place.first, place.second);
    if (old.empty() && now.empty()) continue;
    const TableShape& shape = rows_->shapes().of(place.first);
    Change effect;
    effect.op = old.empty() ? ChangeOp::insert : now.empty() ? ChangeOp::remove : ChangeOp::update;
    effect.table = shape.name;
    effect.relation = shape.name;
    effect.row = RowAccess::name_of(shape, now.empty() ? old : now);
    const auto ours = std::find_if(effects.begin(), effects.end(), [&](const Change& each) {
      return lower_case(each.table) == lower_case(effect.table) && each.row == effect.row;
    });
    const Change& origin = ours != effects.end() ? *ours : *unit.changes.front();
    effect.profile = origin.profile;
    effect.source = origin.source;
    effect.location = origin.location;
    effect.check = origin.check;
    effect.repair = origin.repair;
    effect.finding = origin.finding;
    effect.applicability = origin.applicability;
    effect.consequence = ours == effects.end() || ours->consequence;
    effect.key = ours != effects.end() ? ours->key : effect.row;
    if (ours != effects.end()) effect.relation = ours->relation;
    if (effect.op == ChangeOp::update) {
      for (std::size_t i = 0; i < old.size() && i < now.size(); ++i) {
        if (old[i].second == now[i].second) continue;
        effect.before.push_back(old[i]);
        effect.after.push_back(now[i]);
      }
      if (effect.after.empty()) continue;
    } else {
      effect.before = old;
      effect.after = now;
    }
    all.push_back(std::move(effect));
  }
  return all;
}

void SqliteWriter::prepare() {
  int violations = 0;
  int ignored = 0;
  sqlite3_db_status(db_.get(), SQLITE_DBSTATUS_DEFERRED_FKS, &violations, &ignored, 0);
  if (violations > 0) {
    throw Error(ErrorKind::repair, "cannot change " + location_ + ": rows would refer to others that are not there", "nothing was changed there");
  }
}

void SqliteWriter::commit() {
  const auto give_up = std::chrono::steady_clock::now() + lock_timeout_;
  for (;;) {
    try {
      db_.exec("COMMIT");
      return;
    } catch (const sqlite::Failure& failure) {
      // Readers of a database without WAL keep a commit out for a while; the transaction stays open.
      if (failure.primary() == SQLITE_BUSY && std::chrono::steady_clock::now() < give_up) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        continue;
      }
      fail(failure, "commit to");
    }
  }
}

Presence SqliteWriter::presence(const Change& effect) {
  const TableShape& shape = rows_->shapes().of(effect.table);
  if (!shape.is_table) return Presence::other;
  try {
    const Cells image = current(shape, effect);
    switch (effect.op) {
      case ChangeOp::insert:
        if (image.empty()) return Presence::before;
        return agrees(shape, image, effect.after) ? Presence::after : Presence::other;
      case ChangeOp::remove:
        if (image.empty()) return Presence::after;
        return agrees(shape, image, effect.before) ? Presence::before : Presence::other;
      case ChangeOp::update: break;
    }
    if (image.empty()) return Presence::other;
    if (agrees(shape, image, effect.after)) return Presence::after;
    return agrees(shape, image, effect.before) ? Presence::before : Presence::other;
  } catch (const NotMade&) {
    return Presence::other;
  }
}

}  // namespace

std::unique_ptr<Writer> open_sqlite_writer(const StoreInfo& store, const WriteRequest& request, const Cancellation& cancel) {
  try {
    (void)read_sqlite_header(store.location);
    auto connection = std::make_unique<sqlite::Connection>(store.location, SQLITE_OPEN_READWRITE);
    if (sqlite3_db_readonly(connection->get(), "main") == 1) {
      throw Error(ErrorKind::repair, "cannot write " + store.location + ": permission denied", "run as a user who may write it and its folder");
    }
    sqlite3_busy_timeout(connection->get(), 250);
    // The application's own triggers may be written in ways that this program's own SQL avoids.
    sqlite3_db_config(connection->get(), SQLITE_DBCONFIG_DQS_DML, 1, nullptr);
    sqlite3_db_config(connection->get(), SQLITE_DBCONFIG_DQS_DDL, 1, nullptr);
    sqlite3_db_config(connection->get(), SQLITE_DBCONFIG_ENABLE_TRIGGER, request.mode == WriteMode::repair ? 1 : 0, nullptr);
    connection->watch(cancel);
    return std::make_unique<SqliteWriter>(store, std::move(connection), request, cancel);
  } catch (const StoreUnavailable& why) {
    throw Error(ErrorKind::repair, "cannot write " + store.location + ": it " + why.detail, why.hint);
  } catch (const sqlite::Failure& failure) {
    if (failure.primary() == SQLITE_INTERRUPT) cancel.check();
    if (failure.primary() == SQLITE_READONLY) {
      throw Error(ErrorKind::repair, "cannot write " + store.location + ": it, or the folder that it is in, is read-only for this user", "run as its owner, or grant write permission on both");
    }
    const StoreUnavailable why = unavailable(failure);
    throw Error(ErrorKind::repair, "cannot lock " + store.location + " for writing: it " + why.detail, why.hint);
  }
}

}  // namespace audit
