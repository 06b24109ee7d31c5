// Checks on a SQLite connection: whatever the way, the same rows.

#include <algorithm>

#include "auditor/engine/specialize.hpp"
#include "auditor/sys/sqlite_host.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

RelationMapping mapping(const std::string& relation, const std::string& table,
                        const std::vector<std::string>& columns) {
  RelationPart part;
  part.source = "db";
  part.table = table;
  part.key = {columns.front()};
  for (const auto& name : columns) {
    ColumnMap map;
    map.from = name;
    map.writable_as_is = true;
    part.columns.emplace_back(name, map);
  }
  return {relation, {part}};
}

// 400 sessions, of which the 5 whose number is 7 modulo 80 have no message; the sixth, odd one has an id of type
// integer.
sqlite::Connection store(const std::string& sessions = "CREATE TABLE sessions (id PRIMARY KEY, kind)") {
  sqlite::Connection connection(":memory:", SQLITE_OPEN_READWRITE);
  connection.exec(
      sessions +
      "; CREATE TABLE messages (id INTEGER PRIMARY KEY, session_id); CREATE INDEX m ON messages(session_id);" +
      "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 399) INSERT INTO sessions(id, kind) "
      "SELECT 's' || i, 'k' || i FROM n;"
      "INSERT INTO sessions(id, kind) VALUES (77, 'odd');"
      "INSERT INTO messages(session_id) SELECT id FROM sessions WHERE CAST(substr(id, 2) AS INTEGER) % 80 <> 7;");
  return connection;
}

const std::string kEmpty =
    "SELECT s.source, s.id, s.kind FROM session s WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.session_id = s.id)";

Query query(const std::string& sql = kEmpty) {
  Query query;
  query.sql = sql;
  query.columns = {"source", "id", "kind"};
  query.reads = {{"session", {"source", "id", "kind"}}, {"message", {"session_id"}}};
  query.key = {"id"};
  return query;
}

std::vector<std::string> run(sqlite::Connection& connection, sqlite::HostOptions options, const Query& query,
                             const std::vector<Row>* only = nullptr) {
  sqlite::SqliteHost host(connection, options);
  host.define(mapping("session", "sessions", {"id", "kind"}));
  host.define(mapping("message", "messages", {"id", "session_id"}));
  std::vector<std::string> rows;
  host.run(query, only, [&](std::span<const Value> row) {
    std::string text;
    for (const auto& value : row) text += to_text(value) + " ";
    rows.push_back(text);
    return true;
  });
  std::sort(rows.begin(), rows.end());
  return rows;
}

Query lazy(Query query) {
  const auto keys = keys_first(query.sql, kLazySuffix);
  REQUIRE(keys.has_value());
  query.lazy_sql = keys->sql;
  query.lazy_relation = keys->relation;
  query.lazy_except = keys->columns;
  return query;
}

const std::vector<std::string> kExpected = {"db s167 k167 ", "db s247 k247 ", "db s327 k327 ", "db s7 k7 ",
                                            "db s87 k87 "};

}  // namespace

TEST_CASE("keys first, lazily or whole: the same rows", "[host]") {
  auto connection = store();
  auto expected = kExpected;  // 77 is an integer; substr gives '7', so it has no message
  expected.insert(expected.begin(), "db 77 odd ");
  CHECK(run(connection, {.large = 1'000'000'000}, query()) == expected);
  CHECK(run(connection, {.large = 1}, query()) == expected);
  CHECK(run(connection, {.large = 1}, lazy(query())) == expected);
  // A statement of the check's own beginning with WITH, a comment at the end.
  Query with = query(
      "WITH e AS (SELECT m.session_id FROM message m) SELECT s.source, s.id, s.kind FROM session s WHERE NOT EXISTS "
      "(SELECT 1 FROM e WHERE e.session_id = s.id) -- end");
  CHECK(run(connection, {.large = 1}, with) == expected);
  CHECK(run(connection, {.large = 1'000'000'000}, with) == expected);
}

TEST_CASE("the cache is larger while rows are looked up, and then what it was", "[host]") {
  auto connection = store();
  const auto size = [&] { return to_integer(connection.single("PRAGMA main.cache_size")); };
  const auto during = [&](sqlite::HostOptions options, const std::string& sql) {
    sqlite::SqliteHost host(connection, options);
    host.define(mapping("session", "sessions", {"id", "kind"}));
    host.define(mapping("message", "messages", {"id", "session_id"}));
    std::int64_t seen = 0;
    host.run(query(sql), nullptr, [&](std::span<const Value>) {
      seen = size();
      return true;
    });
    return seen;
  };
  const std::string scan = "SELECT s.source, s.id, s.kind FROM session s WHERE s.kind <> ''";
  for (const std::int64_t usual : {std::int64_t{-2000}, std::int64_t{100}, std::int64_t{-32768}}) {
    connection.exec("PRAGMA main.cache_size = " + std::to_string(usual));
    CHECK(during({.large = 1, .lookup_cache = 8 << 20}, kEmpty) == (usual == -32768 ? usual : -8192));
    CHECK(size() == usual);
    CHECK(during({.large = 1, .lookup_cache = 8 << 20}, scan) == usual);
    CHECK(during({.large = 1'000'000, .lookup_cache = 8 << 20}, kEmpty) == usual);
    CHECK(during({.large = 1}, kEmpty) == usual);  // a writer's has a size of its own
    CHECK(size() == usual);
  }
}

TEST_CASE("a column named rowid is not the rowid", "[host]") {
  // All rows say 1: looking a row up by it would give the first one's values to all.
  auto connection = store("CREATE TABLE sessions (id PRIMARY KEY, kind, rowid DEFAULT 1)");
  connection.exec("UPDATE sessions SET rowid = 100000");
  auto expected = kExpected;
  expected.insert(expected.begin(), "db 77 odd ");
  CHECK(run(connection, {.large = 1}, lazy(query())) == expected);
}

TEST_CASE("tables without rowid and views run as well", "[host]") {
  auto without = store("CREATE TABLE sessions (id PRIMARY KEY, kind) WITHOUT ROWID");
  auto expected = kExpected;
  expected.insert(expected.begin(), "db 77 odd ");
  CHECK(run(without, {.large = 1}, lazy(query())) == expected);
  auto view = store(
      "CREATE TABLE real_sessions (id PRIMARY KEY, kind); CREATE VIEW sessions AS SELECT id, kind FROM real_sessions;"
      "CREATE TRIGGER t INSTEAD OF INSERT ON sessions BEGIN INSERT INTO real_sessions VALUES (NEW.id, NEW.kind); END");
  CHECK(run(view, {.large = 1}, lazy(query())) == expected);
}

TEST_CASE("confined to keys a check finds those alone", "[host]") {
  auto connection = store();
  const std::vector<Row> some = {
      {std::string("s7")}, {std::string("s8")}, {std::string("s167")}, {std::int64_t{77}}, {std::string("gone")}};
  const std::vector<std::string> expected = {"db 77 odd ", "db s167 k167 ", "db s7 k7 "};
  CHECK(run(connection, {.large = 1}, query(), &some) == expected);
  CHECK(run(connection, {.large = 1'000'000'000}, query(), &some) == expected);
  const std::vector<Row> none;
  CHECK(run(connection, {.large = 1}, query(), &none).empty());
  std::vector<Row> many;  // more than a twentieth: read whole, then picked
  for (int i = 0; i < 200; ++i) many.push_back({"s" + std::to_string(i)});
  CHECK(run(connection, {.large = 1}, query(), &many) ==
        std::vector<std::string>{"db s167 k167 ", "db s7 k7 ", "db s87 k87 "});
}

TEST_CASE("a plan that scans a large table once per row is refused", "[host]") {
  auto connection = store();
  connection.exec("DROP INDEX m");
  // Without an index SQLite makes one by itself, for every row anew under a correlated subquery, or scans.
  CHECK_THROWS_AS(run(connection, {.large = 1}, query()), PlanRefused);
  CHECK(run(connection, {.large = 1'000'000'000}, query()).size() == 6);
  CHECK(run(connection, {.large = 1, .guard = false}, query()).size() == 6);
}

TEST_CASE("NULL and repeated ids are not lost on the way", "[host]") {
  auto connection = store("CREATE TABLE sessions (id, kind); CREATE INDEX i ON sessions(id)");
  connection.exec("INSERT INTO sessions VALUES (NULL, 'null'), ('s7', 'again')");
  const auto whole = run(connection, {.large = 1'000'000'000}, query());
  CHECK(whole.size() == 8);
  CHECK(run(connection, {.large = 1}, query()) == whole);
  CHECK(run(connection, {.large = 1}, lazy(query())) == whole);
}

TEST_CASE("one statement, and errors are typed", "[sqlite]") {
  sqlite::Connection connection(":memory:", SQLITE_OPEN_READWRITE);
  CHECK_NOTHROW(connection.prepare("SELECT 1; -- no more\n;"));
  CHECK_THROWS_AS(connection.prepare("SELECT 1; SELECT 2"), sqlite::Failure);
  CHECK_THROWS_AS(connection.prepare(" -- nothing"), sqlite::Failure);
  CHECK_THROWS_AS(connection.prepare("SELECT \"x\""), sqlite::Failure);  // no double-quoted strings
  CHECK(sqlite::literal(Value(std::string("it's"))) == "'it''s'");
  CHECK(to_text(connection.single("SELECT " + sqlite::literal(Value(Blob{std::string("\0'\xff", 3)})))) == "0027ff");
  CHECK(is_null(connection.single("SELECT 1 WHERE 0")));
  Cancellation cancel;
  cancel.requested = true;
  connection.watch(cancel);
  CHECK_THROWS_AS(
      connection.exec("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"),
      sqlite::Failure);
}
