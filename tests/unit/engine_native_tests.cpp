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

std::string rewritten(const ResolvedStore& resolved, const std::string& sql) {
  std::map<std::string, std::set<std::string>> reads;
  return with_native_tests(sql, resolved, reads);
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
