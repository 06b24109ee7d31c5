// A map worked out row by row says what the SQL of the same map says.

#include "auditor/engine/row_mapper.hpp"

#include "auditor/sys/sqlite.hpp"
#include "auditor/sys/sqlite_mapping.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

ColumnMap from(const std::string& name) {
  ColumnMap map;
  map.from = name;
  map.writable_as_is = true;
  return map;
}

ColumnMap timed(TimeForm form) {
  ColumnMap map = from("x");
  map.time = form;
  return map;
}

const std::vector<Value> kValues = {Value{},
                                    std::int64_t{0},
                                    std::int64_t{7},
                                    std::int64_t{-1772366400},
                                    std::int64_t{1772366400123},
                                    2.0,
                                    1772366400.5,
                                    -0.25,
                                    std::string(),
                                    std::string("open"),
                                    std::string("7"),
                                    std::string("2026-03-01T12:00:00Z"),
                                    std::string("2026-03-01T12:00:00.250+01:00"),
                                    std::string("2026-03-01 12:00"),
                                    std::string("2026-02-30T00:00:00Z"),
                                    std::string("2026-03-01t12:00:00z"),
                                    Blob{"ab"}};

std::vector<ColumnMap> maps() {
  std::vector<ColumnMap> all = {from("x")};
  for (const auto form : {TimeForm::rfc3339, TimeForm::iso8601, TimeForm::timestamp, TimeForm::epoch_s, TimeForm::epoch_ms, TimeForm::epoch_us,
                          TimeForm::epoch_ns}) {
    all.push_back(timed(form));
  }
  ColumnMap words = from("x");
  words.mapped = true;
  words.map = {{std::string("open"), std::string("active")}, {std::int64_t{2}, std::string("two")}, {std::int64_t{7}, std::int64_t{70}}};
  words.otherwise = std::string("unknown");
  all.push_back(words);
  words.otherwise = Value{};
  all.push_back(words);
  ColumnMap unset = timed(TimeForm::iso8601);
  unset.null_values = {std::string(), std::int64_t{0}};
  all.push_back(unset);
  ColumnMap constant;
  constant.value = std::string("always");
  all.push_back(constant);
  return all;
}

Value by_sql(const RelationPart& part, const std::string& column, const Value& value) {
  sqlite::Connection connection(":memory:", SQLITE_OPEN_READWRITE);
  connection.exec("CREATE TABLE t (x, defect)");
  auto insert = connection.prepare("INSERT INTO t VALUES (?, NULL)");
  insert.bind(1, value);
  insert.step();
  auto select = connection.prepare(sqlite::relation_sql({"session", {part}}, {column}, "main"));
  REQUIRE(select.step());
  return select.value(0);
}

}  // namespace

TEST_CASE("Row mapper: every map gives what its SQL gives") {
  int number = 0;
  for (const auto& map : maps()) {
    RelationPart part;
    part.source = "db";
    part.table = "t";
    part.columns = {{"created_at", map}};
    for (const std::string column : {"created_at", "defect", "scope"}) {
      const auto mapper = RowMapper::make(part, {column});
      REQUIRE(mapper.has_value());
      for (const auto& value : kValues) {
        CAPTURE(number, column, to_text(value), value.index());
        Row native;
        for (const auto& name : mapper->native()) native.push_back(name == "x" ? value : Value{});
        Row row(1);
        mapper->map(native, row);
        CHECK(row.front() == by_sql(part, column, value));
      }
    }
    ++number;
  }
}

TEST_CASE("Row mapper: what the adapter says of a row stays, with the times that are none") {
  RelationPart part;
  part.table = "t";
  part.columns = {{"created_at", timed(TimeForm::rfc3339)}};
  const auto mapper = RowMapper::make(part, {"defect"});
  REQUIRE(mapper.has_value());
  REQUIRE(mapper->native() == std::vector<std::string>{"defect", "x"});
  Row row(1);
  mapper->map(Row{std::string("is not JSON"), std::string("soon")}, row);
  CHECK(row.front() == Value(std::string("is not JSON; bad time in created_at")));
}

TEST_CASE("Row mapper: expressions and conditions are for SQL") {
  RelationPart part;
  part.table = "t";
  ColumnMap computed;
  computed.expr = "x + 1";
  part.columns = {{"seq", computed}, {"id", from("x")}};
  CHECK_FALSE(RowMapper::make(part, {"seq"}).has_value());
  CHECK(RowMapper::make(part, {"id"}).has_value());
  part.where = "x > 0";
  CHECK_FALSE(RowMapper::make(part, {"id"}).has_value());
}
