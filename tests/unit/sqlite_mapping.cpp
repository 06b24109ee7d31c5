// A relation's map as SQLite text: times, states, unset values, parts; and the values that a repair writes.

#include "auditor/sys/sqlite_mapping.hpp"

#include "auditor/repair/native_value.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/sqlite.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

ColumnMap column(const std::string& from) {
  ColumnMap map;
  map.from = from;
  map.writable_as_is = true;
  return map;
}

// The value and the defect that a native value of a time column gives. The column has no type: what is put in is what
// is stored.
std::pair<Value, Value> read(TimeForm form, const Value& native, const std::string& type = "") {
  sqlite::Connection connection(":memory:", SQLITE_OPEN_READWRITE);
  connection.exec("CREATE TABLE t (at " + type + ")");
  auto insert = connection.prepare("INSERT INTO t VALUES (?1)");
  insert.bind(1, native);
  insert.step();
  RelationPart part;
  part.table = "t";
  part.columns = {{"created_at", column("at")}};
  part.columns.front().second.time = form;
  auto select = connection.prepare(sqlite::relation_sql({"session", {part}}, {"created_at", "defect"}, "main"));
  REQUIRE(select.step());
  return {select.value(0), select.value(1)};
}

void good(TimeForm form, const Value& native, std::int64_t ms) {
  INFO(to_text(native));
  const auto [value, defect] = read(form, native);
  REQUIRE(std::holds_alternative<std::int64_t>(value));
  CHECK(std::get<std::int64_t>(value) == ms);
  CHECK(is_null(defect));
}

void bad(TimeForm form, const Value& native) {
  INFO(to_text(native));
  const auto [value, defect] = read(form, native);
  CHECK(is_null(value));
  CHECK(to_text(defect) == "bad time in created_at");
}

std::string text(const char* text) { return text; }

// 2026-03-01T00:00:00Z is day 20513 after the epoch: 20513 * 86400 s.
constexpr std::int64_t kMarch = 20'513LL * 86'400'000;

}  // namespace

TEST_CASE("RFC 3339 is read strictly", "[mapping]") {
  const auto form = TimeForm::rfc3339;
  good(form, text("2026-03-01T00:00:00Z"), kMarch);
  good(form, text("1970-01-01T00:00:00Z"), 0);
  good(form, text("1969-12-31T23:59:59Z"), -1000);
  good(form, text("2026-03-01T01:30:00+01:30"), kMarch);
  good(form, text("2026-02-28T19:00:00-05:00"), kMarch);
  good(form, text("2026-03-01T00:00:00+00:00"), kMarch);
  good(form, text("2026-03-01T00:00:00-00:00"), kMarch);
  good(form, text("2026-03-01T23:59:00+23:59"), kMarch);  // beyond what julianday takes
  good(form, text("2026-02-28T09:00:00-15:00"), kMarch);
  good(form, text("2026-03-01T00:00:00.5Z"), kMarch + 500);
  good(form, text("2026-03-01T00:00:00.123Z"), kMarch + 123);
  good(form, text("2026-03-01T00:00:00.123456789Z"), kMarch + 123);
  good(form, text("2026-03-01T00:00:00.9999Z"), kMarch + 999);  // cut off, never rounded into the next second
  good(form, text("2026-03-01T01:00:00.007+01:00"), kMarch + 7);
  good(form, text("2024-02-29T00:00:00Z"), 19'782LL * 86'400'000);
  good(form, text("2000-02-29T12:00:00Z"), 11'016LL * 86'400'000 + 43'200'000);
  good(form, text("9999-12-31T23:59:59Z"), 253'402'300'799'000);
  for (const char* wrong : {"2026-02-30T00:00:00Z",
                            "2026-02-29T00:00:00Z",
                            "1900-02-29T00:00:00Z",
                            "2026-13-01T00:00:00Z",
                            "2026-00-01T00:00:00Z",
                            "2026-01-00T00:00:00Z",
                            "2026-04-31T00:00:00Z",
                            "2026-03-01T24:00:00Z",
                            "2026-03-01T23:59:60Z",
                            "2026-03-01T23:60:00Z",
                            "2026-03-01t00:00:00Z",
                            "2026-03-01T00:00:00z",
                            "2026-03-01 00:00:00Z",
                            "2026-03-01T00:00:00",
                            "2026-03-01T00:00Z",
                            "2026-03-01T00:00:00.Z",
                            "2026-03-01T00:00:00,5Z",
                            "2026-03-01T00:00:00.5",
                            "2026-03-01T00:00:00+01",
                            "2026-03-01T00:00:00+0100",
                            "2026-03-01T00:00:00+24:00",
                            "2026-03-01T00:00:00+01:60",
                            "2026-03-01T00:00:00ZZ",
                            "2026-03-01T00:00:00Z ",
                            " 2026-03-01T00:00:00Z",
                            "2026-3-1T00:00:00Z",
                            "12026-03-01T00:00:00Z",
                            "",
                            "now",
                            "2461100.5",
                            "1772323200"}) {
    bad(form, text(wrong));
  }
  bad(form, std::int64_t{1'772'323'200});
  bad(form, 2461100.5);
  bad(form, Blob{"2026-03-01T00:00:00Z"});
  CHECK(is_null(read(form, Value{}).second));  // unset is no defect
  CHECK(is_null(read(form, Value{}).first));
}

TEST_CASE("SQL and the program read RFC 3339 alike", "[mapping]") {
  for (const char* time :
       {"2026-03-01T00:00:00Z", "2026-03-01T23:59:00+23:59", "2026-03-01T00:00:00.9999Z", "2026-02-30T00:00:00Z",
        "2026-03-01T24:00:00Z", "2026-03-01T00:00:00.5-11:30", "0001-01-01T00:00:00Z"}) {
    INFO(time);
    const auto parsed = parse_time(time);
    CHECK(read(TimeForm::rfc3339, text(time)).first == (parsed ? Value(*parsed) : Value{}));
  }
}

TEST_CASE("ISO 8601 is read generously, but days exist", "[mapping]") {
  const auto form = TimeForm::iso8601;
  good(form, text("2026-03-01 00:00:00"), kMarch);
  good(form, text("2026-03-01T00:00:00"), kMarch);
  good(form, text("2026-03-01"), kMarch);
  good(form, text("2026-03-01 01:00:00+01:00"), kMarch);
  good(form, text("2026-03-01 00:00:00.250"), kMarch + 250);
  good(form, text("2026-03-01T00:00:00Z"), kMarch);
  for (const char* wrong : {"2026-02-30 00:00:00", "2026-02-29", "now", "12:00:00", "2461100.5", "yesterday", "",
                            "2026-03-01 25:00:00", "2026-03"})
    bad(form, text(wrong));
  bad(form, std::int64_t{5});
}

TEST_CASE("epochs are numbers", "[mapping]") {
  good(TimeForm::epoch_s, std::int64_t{1'772'323'200}, kMarch);
  good(TimeForm::epoch_s, 1'772'323'200.5, kMarch + 500);
  good(TimeForm::epoch_s, 1'709'294'400.123, 1'709'294'400'123);  // 1709294400.123 * 1000 is a hair below
  good(TimeForm::epoch_s, std::int64_t{-1}, -1000);
  good(TimeForm::epoch_ms, std::int64_t{1'772'323'200'007}, kMarch + 7);
  good(TimeForm::epoch_ms, 1'772'323'200'007.9, kMarch + 7);
  good(TimeForm::epoch_us, std::int64_t{1'772'323'200'007'999}, kMarch + 7);
  good(TimeForm::epoch_ns, std::int64_t{1'772'323'200'007'999'999}, kMarch + 7);
  good(TimeForm::epoch_s, std::int64_t{0}, 0);
  for (const auto form : {TimeForm::epoch_s, TimeForm::epoch_ms, TimeForm::epoch_us, TimeForm::epoch_ns}) {
    bad(form, text("1772323200"));
    bad(form, text(""));
    bad(form, Blob{"\x01"});
  }
  // A column of integer type has turned the text into a number.
  CHECK(read(TimeForm::epoch_s, text("1772323200"), "INTEGER").first == Value(kMarch));
}

TEST_CASE("maps, unset values, constants and parts", "[mapping]") {
  sqlite::Connection connection(":memory:", SQLITE_OPEN_READWRITE);
  connection.exec(
      "CREATE TABLE \"a \"\"t\" (id TEXT, status, win TEXT, n INTEGER); INSERT INTO \"a \"\"t\" VALUES "
      "('1', 'running', '', 0), ('2', 'it''s', '@1', 5), ('3', NULL, 'none', NULL), ('4', 7, '@2', -1);"
      "CREATE TABLE b (id TEXT, gone); INSERT INTO b VALUES ('5', 0), ('6', 1);");
  RelationPart a;
  a.source = "d'b";
  a.table = "a \"t";
  a.scope_value = "s";
  a.columns = {{"id", column("id")}, {"state", column("status")}, {"window_id", column("win")}, {"seq", column("n")}};
  a.columns[1].second.mapped = true;
  a.columns[1].second.map = {
      {text("running"), text("active")}, {text("it's"), text("o'k")}, {std::int64_t{7}, text("seven")}};
  a.columns[1].second.otherwise = text("unknown");
  a.columns[2].second.null_values = {text(""), text("none")};
  a.columns[3].second.null_values = {std::int64_t{0}};
  RelationPart b;
  b.source = "d'b";
  b.table = "b";
  b.scope = "gone";
  b.where = "gone = 0 OR gone = 2";
  b.columns = {{"id", column("id")}, {"state", {}}, {"window_id", {}}, {"seq", {}}};
  b.columns[1].second.value = text("it's");
  b.columns[2].second.expr = "id || '!'";
  b.columns[3].second.value = Value{};
  const auto read_all = [&](const std::string& sql) {
    std::vector<std::string> rows;
    auto select = connection.prepare(sql);
    for (Row row; select.step();) {
      select.row(row);
      std::string line;
      for (const auto& value : row) line += (is_null(value) ? "NULL" : to_text(value)) + " ";
      rows.push_back(line);
    }
    return rows;
  };
  const RelationMapping mapping{"session", {a, b}};
  CHECK(read_all(
            sqlite::relation_sql(mapping, {"id", "state", "window_id", "seq", "source", "scope", "defect"}, "main")) ==
        std::vector<std::string>{"1 active NULL NULL d'b s NULL ", "2 o'k @1 5 d'b s NULL ",
                                 "3 unknown NULL NULL d'b s NULL ", "4 seven @2 -1 d'b s NULL ",
                                 "5 it's 5! NULL d'b 0 NULL "});
  // The lazy form gives the same rows.
  a.key = {"id"};
  CHECK(read_all(sqlite::lazy_relation_sql(a, {"id", "state", "window_id", "seq", "source"}, {"id"}, "main")) ==
        read_all(sqlite::relation_sql({"session", {a}}, {"id", "state", "window_id", "seq", "source"}, "main")));
  CHECK_THROWS_AS(sqlite::column_sql(a, "created_at"), Error);
}

TEST_CASE("every bad time of a row is named", "[mapping]") {
  sqlite::Connection connection(":memory:", SQLITE_OPEN_READWRITE);
  connection.exec("CREATE TABLE t (x, y, z); INSERT INTO t VALUES ('bad', '', '2026-03-01T00:00:00Z')");
  RelationPart part;
  part.table = "t";
  part.columns = {
      {"created_at", column("x")}, {"ended_at", column("y")}, {"updated_at", column("z")}, {"active_at", column("y")}};
  for (auto& [name, map] : part.columns) map.time = TimeForm::rfc3339;
  part.columns[1].second.null_values = {text("")};
  auto select = connection.prepare(sqlite::relation_sql({"session", {part}}, {"defect", "updated_at"}, "main"));
  REQUIRE(select.step());
  CHECK(to_text(select.value(0)) == "bad time in created_at; bad time in active_at");
  CHECK(select.value(1) == Value(kMarch));
}

TEST_CASE("what a repair writes", "[mapping][repair]") {
  ColumnMap state = column("status");
  state.mapped = true;
  state.writable_as_is = false;
  state.write = {{text("failed"), text("FAILED")}, {text("ended"), Value{}}};
  CHECK(native_value(state, text("failed")) == Value(text("FAILED")));
  CHECK(native_value(state, text("ended")) == Value{});
  CHECK_FALSE(native_value(state, text("active")).has_value());
  ColumnMap window = column("win");
  window.null_values = {text("")};
  CHECK(native_value(window, Value{}) == Value(text("")));
  CHECK(native_value(window, text("@1")) == Value(text("@1")));
  CHECK(native_value(column("x"), Value{}) == Value{});
  ColumnMap constant;
  constant.value = text("x");
  CHECK_FALSE(native_value(constant, text("x")).has_value());
  const auto time = [](TimeForm form, std::int64_t ms) {
    ColumnMap map = column("at");
    map.time = form;
    return native_value(map, ms);
  };
  CHECK(time(TimeForm::rfc3339, kMarch + 999) == Value(text("2026-03-01T00:00:00Z")));
  CHECK(time(TimeForm::rfc3339, -1) == Value(text("1969-12-31T23:59:59Z")));
  CHECK(time(TimeForm::iso8601, kMarch + 250) == Value(text("2026-03-01T00:00:00.250Z")));
  CHECK(time(TimeForm::epoch_s, kMarch + 999) == Value(kMarch / 1000));
  CHECK(time(TimeForm::epoch_ms, kMarch + 7) == Value(kMarch + 7));
  CHECK(time(TimeForm::epoch_us, kMarch + 7) == Value((kMarch + 7) * 1000));
  CHECK(time(TimeForm::epoch_ns, kMarch) == Value(kMarch * 1'000'000));
  ColumnMap at = column("at");
  at.time = TimeForm::epoch_s;
  CHECK_FALSE(native_value(at, text("soon")).has_value());
}

TEST_CASE("a zero byte does not end a literal", "[sqlite]") {
  for (const char* const encoding : {"UTF-8", "UTF-16le"}) {
    sqlite::Connection db(":memory:", SQLITE_OPEN_READWRITE);
    db.exec("PRAGMA encoding = '" + std::string(encoding) + "'");
    for (const std::string& text : {std::string("a\0b'c", 5), std::string("\0", 1), std::string("\0\0x\0", 4), std::string("it's")}) {
      const std::string same = sqlite::literal(std::string_view(text));
      CHECK(to_text(db.single("SELECT " + same)) == text);
      CHECK(to_integer(db.single("SELECT " + same + " IN (" + same + ") AND typeof(" + same + ") = 'text'")) == 1);
    }
  }
}
