// Rows that go: what is noted of them is what a query found before, and the wrong ones stay.

#include "adapters/sqlite/touched_rows.hpp"
#include "auditor/model/writer.hpp"
#include "tests/integration/sqlite_place.hpp"

using namespace audit;

namespace {

using Rows = std::vector<Cells>;

Rows all_rows(const std::string& path, const std::string& columns) {
  sqlite::Connection db(path, SQLITE_OPEN_READONLY);
  auto statement = db.prepare("SELECT " + columns + " FROM t ORDER BY 1");
  Rows rows;
  while (statement.step()) {
    Cells& cells = rows.emplace_back();
    for (int i = 0; i < statement.columns(); ++i) cells.emplace_back(statement.column_name(i), statement.value(i));
  }
  return rows;
}

struct OneTable {
  SqlitePlace place;
  Cancellation cancel;
  std::string columns;  // of a whole image

  explicit OneTable(std::string image, const std::string& script) : columns(std::move(image)) {
    sqlite::Connection db(place.path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    db.exec(script);
  }
  [[nodiscard]] Rows rows() const { return all_rows(place.path, columns); }

  // Makes one unit in a transaction of its own.
  UnitOutcome make(const Change& change, WriteMode mode = WriteMode::repair) { return make(std::vector<Change>{change}, mode); }
  UnitOutcome make(const std::vector<Change>& changes, WriteMode mode = WriteMode::repair) {
    auto from = source(place.path, cancel);
    WriteRequest request;
    request.mode = mode;
    const auto writer = from->write(from->list().front(), request);
    std::vector<Unit> units = {{"finding", {}}};
    for (const Change& change : changes) units.front().changes.push_back(&change);
    UnitOutcome made;
    writer->apply(units, [&](std::size_t, UnitOutcome outcome) { made = std::move(outcome); });
    writer->prepare();
    writer->commit();
    return made;
  }
};

Change removal(const Cells& name, const Cells& before = {}) {
  Change change;
  change.op = ChangeOp::remove;
  change.relation = change.table = "t";
  change.row = name;
  change.before = before;
  return change;
}

Cells id(const char* text) { return {{"id", std::string(text)}}; }

}  // namespace

TEST_CASE("sqlite writer: the image of a row that goes is what a query finds", "[sqlite]") {
  const auto [name, image, script] = GENERATE(table<std::string, std::string, std::string>({
      {"plain", "rowid, id, n, r, b", "CREATE TABLE t (id TEXT PRIMARY KEY, n INTEGER, r REAL, b); INSERT INTO t(rowid, id, n, r, b) VALUES (7, 'x', NULL, 5, x'00ff'), (9, 'y', 2, 0.5, 'b')"},
      {"UTF-16", "rowid, id, n", "PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (id TEXT PRIMARY KEY, n); INSERT INTO t(rowid, id, n) VALUES (3, 'x', 'ä€𝄞'), (4, 'y', '')"},
      {"a column that came later", "rowid, id, n", "CREATE TABLE t (id TEXT PRIMARY KEY); INSERT INTO t(rowid, id) VALUES (2, 'x'); ALTER TABLE t ADD COLUMN n; INSERT INTO t(rowid, id, n) VALUES (5, 'y', 1)"},
      {"one with a default", "rowid, id, n, m", "CREATE TABLE t (id TEXT PRIMARY KEY, n DEFAULT 4); INSERT INTO t(rowid, id, n) VALUES (2, 'x', NULL); "
       "ALTER TABLE t ADD COLUMN m INTEGER NOT NULL DEFAULT 17; INSERT INTO t(rowid, id, n) VALUES (6, 'y', 1)"},
      {"its rowid is a column", "k, id", "CREATE TABLE t (k INTEGER PRIMARY KEY, id TEXT UNIQUE); INSERT INTO t VALUES (11, 'x'), (12, 'y')"},
      {"no rowid", "id, n", "CREATE TABLE t (id TEXT PRIMARY KEY, n) WITHOUT ROWID; INSERT INTO t VALUES ('x', 1), ('y', 2)"},
      {"generated columns", "rowid, id, n", "CREATE TABLE t (id TEXT PRIMARY KEY, twice AS (n * 2), n, kept AS (n + 1) STORED); INSERT INTO t(rowid, id, n) VALUES (8, 'x', 1), (9, 'y', 2)"},
      {"triggers", "rowid, id, n", "CREATE TABLE t (id TEXT PRIMARY KEY, n); CREATE TABLE log (id); CREATE TRIGGER noted AFTER DELETE ON t BEGIN INSERT INTO log VALUES (old.id); END;"
       "INSERT INTO t(rowid, id, n) VALUES (8, 'x', 1), (9, 'y', 2)"},
  }));
  INFO(name);
  OneTable table(image, script);
  const Rows before = table.rows();
  for (const char* which : {"x", "y"}) {
    const auto at = std::find_if(before.begin(), before.end(), [&](const Cells& cells) { return std::find(cells.begin(), cells.end(), std::pair<std::string, Value>("id", std::string(which))) != cells.end(); });
    const UnitOutcome gone = table.make(removal(id(which), id(which)));
    INFO(gone.reason);
    REQUIRE(gone.kind == UnitOutcome::Kind::applied);
    REQUIRE_FALSE(gone.effects.empty());
    const auto effect = std::find_if(gone.effects.begin(), gone.effects.end(), [](const Change& change) { return change.table == "t"; });
    CHECK(effect->before == *at);
    CHECK(table.rows().size() == 1);
    Change back = *effect;
    back.op = ChangeOp::insert;
    std::swap(back.before, back.after);
    CHECK(table.make(back, WriteMode::restore).kind == UnitOutcome::Kind::applied);
    CHECK(table.rows() == before);
  }
}

TEST_CASE("sqlite writer: a row that is not the one stays", "[sqlite]") {
  OneTable table("rowid, id, parent, n",
              "CREATE TABLE t (id TEXT PRIMARY KEY, parent TEXT REFERENCES t(id) ON DELETE CASCADE, n);"
              "INSERT INTO t(rowid, id, parent, n) VALUES (1, 'x', NULL, 1), (2, 'child', 'x', 2), (3, 'y', NULL, 3)");
  const Rows before = table.rows();
  const auto [why, change] = GENERATE_COPY(Catch::Generators::table<std::string, Change>({
      {"it is not what it was", removal(id("y"), {{"n", std::int64_t{4}}})},
      {"it is gone", removal(id("z"))},
      {"another one goes with it", removal(id("x"))},
  }));
  INFO(why);
  const UnitOutcome outcome = table.make(change);
  CHECK(outcome.kind != UnitOutcome::Kind::applied);
  CHECK_FALSE(outcome.reason.empty());
  CHECK(outcome.effects.empty());
  CHECK(table.rows() == before);
}

TEST_CASE("sqlite writer: a full-text index has to do with its own columns alone, and one that lacks a row spoils no other", "[sqlite]") {
  OneTable t("id, n, words", "CREATE TABLE t (id TEXT PRIMARY KEY, n INTEGER, words TEXT); INSERT INTO t VALUES ('in', 1, 'one'), ('out', 2, 'two');"
                             "CREATE VIRTUAL TABLE t_words USING fts5(words, content='t', content_rowid='rowid'); INSERT INTO t_words(rowid, words) SELECT rowid, words FROM t WHERE id = 'in'");
  const auto update = [](const char* row, const char* column, const Value& from, const Value& to) {
    Change change;
    change.op = ChangeOp::update;
    change.relation = change.table = "t";
    change.row = id(row);
    change.before = {{column, from}};
    change.after = {{column, to}};
    return change;
  };
  const auto found = [&](const std::string& word) {
    sqlite::Connection db(t.place.path, SQLITE_OPEN_READWRITE);
    return to_integer(db.single("SELECT count(*) FROM t_words WHERE t_words MATCH '" + word + "'"));
  };
  CHECK(t.make(update("out", "n", std::int64_t{2}, std::int64_t{3})).kind == UnitOutcome::Kind::applied);
  CHECK(t.make(update("in", "words", std::string("one"), std::string("four"))).kind == UnitOutcome::Kind::applied);
  CHECK(found("one") == 0);
  CHECK(found("four") == 1);
  CHECK(t.make(removal(id("in"))).kind == UnitOutcome::Kind::applied);
  CHECK(found("four") == 0);
  const auto lacks = t.make(update("out", "words", std::string("two"), std::string("three")));  // the index is empty by now
  CHECK(lacks.kind == UnitOutcome::Kind::refused);
  CHECK(lacks.reason.find("t_words does not hold the row of t as it is") != std::string::npos);
  CHECK(t.make(update("out", "n", std::int64_t{3}, std::int64_t{4})).kind == UnitOutcome::Kind::applied);
}

TEST_CASE("sqlite writer: a name that two rows have removes neither", "[sqlite]") {
  OneTable table("rowid, id, n", "CREATE TABLE t (id TEXT, n); INSERT INTO t VALUES ('x', 1), ('x', 2), ('y', 3)");
  const Rows before = table.rows();
  CHECK(table.make(removal(id("x"))).kind == UnitOutcome::Kind::refused);
  CHECK(table.rows() == before);
  CHECK(table.make(removal(id("y"))).kind == UnitOutcome::Kind::applied);
  CHECK(table.rows().size() == 2);
}

TEST_CASE("sqlite writer: rows of one unit, some of which have to be read first", "[sqlite]") {
  OneTable table("rowid, id, n",
                 "CREATE TABLE t (id TEXT PRIMARY KEY); INSERT INTO t(rowid, id) VALUES (1, 'old'); ALTER TABLE t ADD COLUMN n INTEGER NOT NULL DEFAULT 17;"
                 "INSERT INTO t(rowid, id, n) VALUES (2, 'x', 1), (3, 'y', 2), (4, 'z', 3)");
  const Rows before = table.rows();
  const UnitOutcome gone = table.make({removal(id("x")), removal(id("old")), removal(id("y"))});
  REQUIRE(gone.kind == UnitOutcome::Kind::applied);
  REQUIRE(gone.effects.size() == 3);
  CHECK(gone.effects[0].before == before[1]);
  CHECK(gone.effects[1].before == before[0]);
  CHECK(gone.effects[2].before == before[2]);
  CHECK(table.rows().size() == 1);
  // And with one that is not the one, all of them stay.
  OneTable other("rowid, id, n", "CREATE TABLE t (id TEXT PRIMARY KEY, n); INSERT INTO t(rowid, id, n) VALUES (2, 'x', 1), (3, 'y', 2)");
  const Rows all = other.rows();
  CHECK(other.make({removal(id("x")), removal(id("y"), {{"n", std::int64_t{5}}})}).kind == UnitOutcome::Kind::changed);
  CHECK(other.rows() == all);
}

TEST_CASE("sqlite writer: a row that takes others along, whose triggers remove more of its table", "[sqlite]") {
  OneTable table("rowid, id, n",
                 "CREATE TABLE t (id TEXT PRIMARY KEY, n); CREATE TABLE child (id INTEGER PRIMARY KEY, t_id TEXT REFERENCES t(id) ON DELETE CASCADE);"
                 "CREATE TRIGGER more AFTER DELETE ON child BEGIN DELETE FROM t WHERE n = old.id; END;"
                 "INSERT INTO t(rowid, id, n) VALUES (1, 'x', 0), (2, 'y', 7), (3, 'z', 8); INSERT INTO child VALUES (7, 'x')");
  const Rows before = table.rows();
  Change child = removal({{"id", std::int64_t{7}}});
  child.relation = child.table = "child";
  const UnitOutcome gone = table.make({child, removal(id("x"))});
  INFO(gone.reason);
  REQUIRE(gone.kind == UnitOutcome::Kind::applied);
  std::set<std::string> of;
  for (const auto& effect : gone.effects) of.insert(effect.table + " " + to_text(effect.before.at(1).second));
  CHECK(of == std::set<std::string>{"child x", "t x", "t y"});
  CHECK(table.rows().size() == 1);
}

TEST_CASE("sqlite writer: which rows are shown while they go", "[sqlite]") {
  sqlite::Connection db(":memory:", SQLITE_OPEN_READWRITE);
  db.exec("CREATE TABLE t (id TEXT PRIMARY KEY, n); INSERT INTO t VALUES ('a', 1), ('b', 2), ('c', NULL); ALTER TABLE t ADD COLUMN d DEFAULT 4;"
          "INSERT INTO t VALUES ('e', 5, 6); CREATE TABLE w (id TEXT PRIMARY KEY) WITHOUT ROWID; CREATE TABLE g (id TEXT PRIMARY KEY, twice AS (id || id));"
          "CREATE TABLE v (id TEXT PRIMARY KEY); CREATE TRIGGER x AFTER DELETE ON v BEGIN SELECT 1; END");
  TableShapes shapes(db);
  const TableShape& shape = shapes.of("t");
  CHECK(TouchedRows::shows(shape));
  for (const char* other : {"w", "g", "v"}) CHECK_FALSE(TouchedRows::shows(shapes.of(other)));
  TouchedRows touched(db);
  touched.show(shape);
  db.exec("DELETE FROM t WHERE id = 'e'");
  const auto image = touched.shown();
  REQUIRE(image.has_value());
  CHECK(*image == Cells{{"rowid", std::int64_t{4}}, {"id", std::string("e")}, {"n", std::int64_t{5}}, {"d", std::int64_t{6}}});
  touched.show(shape);
  db.exec("DELETE FROM t WHERE id = 'a'");
  CHECK_FALSE(touched.shown().has_value());  // written before the column came
  touched.show(shape);
  db.exec("DELETE FROM t");
  CHECK_FALSE(touched.shown().has_value());  // several
  touched.show(shape);
  CHECK_FALSE(touched.shown().has_value());  // none
}

TEST_CASE("sqlite writer: what may not be written says so", "[sqlite]") {
  const OneTable t("id", "PRAGMA journal_mode = WAL; CREATE TABLE t (id TEXT PRIMARY KEY); INSERT INTO t VALUES ('x')");
  ::chmod(t.place.path.c_str(), 0666);  // but its folder is not
  ::chmod(t.place.folder().c_str(), 0555);
  CHECK(as_nobody([&] {
    const auto from = source(t.place.path, t.cancel);
    try {
      (void)from->write(from->list().front(), {});
    } catch (const Error& error) {
      return error.kind() == ErrorKind::repair && std::string(error.what()).find("read-only for this user") != std::string::npos;
    }
    return false;
  }));
  ::chmod(t.place.folder().c_str(), 0755);
}
