// Tests on mapped columns and the tests on native ones that stand for them pass the same rows.

#include "auditor/engine/native_tests.hpp"

#include "auditor/sys/sqlite.hpp"
#include "auditor/sys/sqlite_mapping.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

ResolvedStore store(const Value& otherwise) {
  ColumnMap state;
  state.from = "status";
  state.mapped = true;
  state.map = {{std::string("run"), std::string("active")},
               {std::string("work"), std::string("active")},
               {std::string("done"), std::string("ended")},
               {std::string("odd"), std::string("unknown")},
               {std::string("none"), Value{}}};
  state.otherwise = otherwise;
  ColumnMap id;
  id.from = "id";
  RelationMapping mapping{"session", {{}}};
  mapping.parts.front().table = "sessions";
  mapping.parts.front().columns = {{"id", id}, {"state", state}};
  add_native_columns(mapping);
  ResolvedStore resolved;
  resolved.relations["session"] = mapping;
  return resolved;
}

sqlite::Connection database() {
  sqlite::Connection connection(":memory:", SQLITE_OPEN_READWRITE);
  connection.exec(
      "CREATE TABLE sessions (id TEXT, status TEXT);"
      "INSERT INTO sessions VALUES ('1', 'run'), ('2', 'work'), ('3', 'done'), ('4', 'odd'), ('5', 'none'), ('6', 'strange'), ('7', ''), ('8', NULL)");
  return connection;
}

std::string ids(sqlite::Connection& connection, const ResolvedStore& resolved, const std::string& sql) {
  const auto& mapping = resolved.relations.at("session");
  auto statement = connection.prepare("WITH session AS NOT MATERIALIZED (" +
                                      sqlite::relation_sql(mapping, part_columns(mapping.parts.front()), "main") + ") " + sql);
  std::string ids;
  while (statement.step()) ids += to_text(statement.value(0));
  return ids;
}

std::string rewritten(const ResolvedStore& resolved, const std::string& sql, bool in_sqlite = true) {
  std::map<std::string, std::set<std::string>> reads;
  return with_native_tests(sql, resolved, reads, in_sqlite);
}

// Sessions with a window that may be unset in two ways, and two times.
ResolvedStore times() {
  RelationMapping mapping{"session", {{}}};
  mapping.parts.front().table = "sessions";
  for (const std::string name : {"id", "window", "made", "seen"}) {
    ColumnMap map;
    map.from = name;
    if (name == "window") map.null_values = {std::string()};
    if (name == "made" || name == "seen") map.time = TimeForm::rfc3339;
    mapping.parts.front().columns.emplace_back(name, map);
  }
  add_native_columns(mapping);
  ResolvedStore resolved;
  resolved.relations["session"] = mapping;
  return resolved;
}

sqlite::Connection timed_database() {
  sqlite::Connection connection(":memory:", SQLITE_OPEN_READWRITE);
  connection.exec(
      "CREATE TABLE sessions (id TEXT, window TEXT, made, seen);"
      "INSERT INTO sessions VALUES"
      " ('1', '@1', '2026-03-01T12:00:00Z', '2026-03-01T12:00:01Z'),"       // seen later
      " ('2', '', '2026-03-01T12:00:00Z', '2026-02-28T23:59:59Z'),"         // seen earlier
      " ('3', NULL, '2026-03-01T12:00:00Z', '2026-03-01T12:00:00Z'),"       // at once
      " ('4', ' ', '2026-03-01T12:00:00+02:00', '2026-03-01T11:00:00Z'),"   // made at 10:00Z: later, though its text is smaller
      " ('5', 'x', '2026-03-01T12:00:00Z', '2026-03-01T12:00:00.5Z'),"      // half a second later, though '.' sorts before 'Z'
      " ('6', 'x', '2026-03-01T12:00:00Z', '2026-02-30T12:00:00Z'),"        // no such day
      " ('7', 'x', '2026-03-01 12:00:00Z', '2026-03-01T11:00:00Z'),"        // not of this form
      " ('8', 'x', NULL, '2026-03-01T11:00:00Z'),"
      " ('9', 'x', 5, 4)");
  return connection;
}

}  // namespace

TEST_CASE("native tests pass the rows that the mapped ones pass", "[native]") {
  auto connection = database();
  const std::vector<std::string> tests = {"s.state = 'active'",     "s.state = 'unknown'",         "s.state <> 'ended'",
                                          "s.state <> 'unknown'",   "s.state IN ('active', 'ended')", "s.state NOT IN ('active', 'ended')",
                                          "s.state = 'nonsense'",   "s.state <> 'nonsense'",       "s.state <> 'ended' AND s.state <> 'active'",
                                          "s.state NOT IN ('unknown')"};
  for (const Value& otherwise : {Value(std::string("unknown")), Value{}, Value(std::string("ended"))}) {
    const ResolvedStore resolved = store(otherwise);
    for (const auto& test : tests) {
      INFO(test << ", otherwise " << to_text(otherwise));
      const std::string sql = "SELECT s.id FROM session s WHERE " + test + " AND s.id > '' ORDER BY s.id";
      CHECK(ids(connection, resolved, rewritten(resolved, sql)) == ids(connection, resolved, sql));
    }
  }
}

TEST_CASE("a test is only replaced where it decides by itself", "[native]") {
  const ResolvedStore resolved = store(std::string("unknown"));
  const std::string from = "SELECT s.id FROM session s WHERE ";
  CHECK(rewritten(resolved, from + "s.state <> 'ended'") == from + "s.\"state (native)\" IS NOT 'done' AND s.\"state (native)\" IS NOT 'none'");
  CHECK(rewritten(resolved, from + "s.id = '1' AND s.state = 'active'") == from + "s.id = '1' AND s.\"state (native)\" IN ('run', 'work')");
  for (const std::string kept : {"NOT (s.state <> 'ended')", "s.state <> 'ended' OR s.id = '1'", "s.state <> s.id", "s.id <> '1'",
                                 "s.state || 'x' <> 'endedx'", "s.state NOT IN ('ended', s.id)", "s.state <> 'ended' || s.id"}) {
    CHECK(rewritten(resolved, from + kept) == from + kept);
  }
}

TEST_CASE("tests of unset columns and of the order of times pass the rows that the canonical ones pass", "[native]") {
  auto connection = timed_database();
  const ResolvedStore resolved = times();
  const std::vector<std::pair<std::string, std::string>> tests = {
      {"s.window IS NULL", "23"},       {"s.window IS NOT NULL", "1456789"}, {"s.seen < s.made", "2"},
      {"s.made > s.seen", "2"},         {"s.seen > s.made", "145"},          {"s.made < s.seen AND s.window IS NOT NULL", "145"},
      {"s.seen <= s.made", "23"},       {"NOT (s.seen < s.made)", "1345"},   {"s.made < 5 OR s.seen < s.made", "2"}};
  for (const auto& [test, found] : tests) {
    INFO(test);
    const std::string sql = "SELECT s.id FROM session s WHERE " + test + " ORDER BY s.id";
    CHECK(ids(connection, resolved, sql) == found);
    CHECK(ids(connection, resolved, rewritten(resolved, sql)) == found);
  }
}

TEST_CASE("only SQLite is asked about unset columns and the order of times in its own words", "[native]") {
  const ResolvedStore resolved = times();
  const std::string from = "SELECT s.id FROM session s WHERE ";
  CHECK(rewritten(resolved, from + "s.seen < s.made") == from + "audit_earlier(s.\"seen (native)\", s.\"made (native)\")");
  CHECK(rewritten(resolved, from + "s.window IS NOT NULL") == from + "s.\"window (native)\" <> ''");
  for (const std::string kept : {"s.seen < s.made", "s.window IS NULL", "s.window IS NOT NULL"}) CHECK(rewritten(resolved, from + kept, false) == from + kept);
  for (const std::string kept : {"s.seen <= s.made", "s.seen < s.made + 1", "s.seen < s.id", "s.window IS 'x'", "s.window IS NULL OR s.id = '1'"}) {
    CHECK(rewritten(resolved, from + kept) == from + kept);
  }
}
