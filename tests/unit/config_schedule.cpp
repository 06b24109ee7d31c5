// When repairs are allowed.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "auditor/engine/config.hpp"
#include "auditor/engine/schedule.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/text_file.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

bool allowed(const Schedule& schedule, const char* time) { return schedule.allows_repair(parse_time(time).value()); }

}  // namespace

TEST_CASE("days and times of day are read strictly", "[config]") {
  CHECK(parse_days("sun") == 0x01U);
  CHECK(parse_days("mon-fri") == 0x3eU);
  CHECK(parse_days("fri-mon") == 0x63U);
  CHECK(parse_days("sat-sat") == 0x40U);
  CHECK_FALSE(parse_days("monday"));
  CHECK_FALSE(parse_days("mon-"));
  CHECK_FALSE(parse_days(""));
  CHECK(parse_clock("00:00") == 0);
  CHECK(parse_clock("24:00") == 1440);
  CHECK(parse_clock("06:30") == 390);
  for (const char* wrong : {"24:01", "6:30", "06:60", "0630", "-1:00", "25:00", "06:30 "})
    CHECK_FALSE(parse_clock(wrong));
}

// 2026-03-06 is a Friday.
TEST_CASE("a window over midnight belongs to the day that it starts on", "[config]") {
  const Schedule nights{{{parse_days("fri").value(), 22 * 60, 6 * 60}}, true};
  CHECK_FALSE(allowed(nights, "2026-03-06T21:59:59Z"));
  CHECK(allowed(nights, "2026-03-06T22:00:00Z"));
  CHECK(allowed(nights, "2026-03-07T05:59:59Z"));
  CHECK_FALSE(allowed(nights, "2026-03-07T06:00:00Z"));
  CHECK_FALSE(allowed(nights, "2026-03-07T22:30:00Z"));
  CHECK_FALSE(allowed(nights, "2026-03-06T05:00:00Z"));
  const Schedule sunday{{{parse_days("sun").value(), 23 * 60, 60}}, true};
  CHECK(allowed(sunday, "2026-03-09T00:30:00Z"));  // Monday morning
  CHECK_FALSE(allowed(sunday, "2026-03-08T00:30:00Z"));
}

TEST_CASE("windows of a day, of every day, and none", "[config]") {
  const Schedule weekdays{{{parse_days("mon-fri").value(), 60, 120}, {parse_days("sat").value(), 0, 1440}}, true};
  CHECK(allowed(weekdays, "2026-03-06T01:00:00Z"));
  CHECK_FALSE(allowed(weekdays, "2026-03-06T02:00:00Z"));
  CHECK(allowed(weekdays, "2026-03-07T23:59:59Z"));
  CHECK_FALSE(allowed(weekdays, "2026-03-08T00:00:00Z"));
  const Schedule whole{{{0x7f, 0, 0}}, true};
  CHECK(allowed(whole, "2026-03-08T12:00:00Z"));
  CHECK(allowed(Schedule{}, "2026-03-08T12:00:00Z"));
  CHECK(weekdays.text() == "mon-fri 01:00-02:00, sat 00:00-24:00");
  CHECK(Schedule{{{0x43, 0, 60}}, true}.text() == "sun,mon,sat 00:00-01:00");
}

// The other half, which values they accept, is tests/integration/config_files.sh.
TEST_CASE("the schema and the reader of a configuration know the same keys", "[config]") {
  const auto schema =
      nlohmann::json::parse(read_text_file(std::string(AUDIT_SOURCE_DIR) + "/docs/audit-config.schema.json"));
  const std::map<std::string, std::string> places{{"", ""},
                                                  {"profiles[]", "profile"},
                                                  {"checks.*", "check"},
                                                  {"reports[]", "report"},
                                                  {"repair", "repair"},
                                                  {"retention", "retention"},
                                                  {"log", "log"},
                                                  {"notify", "notify"},
                                                  {"schedule", "schedule"},
                                                  {"schedule.repair[]", "window"}};
  std::size_t objects = 1;
  for (const auto& [name, definition] : schema.at("$defs").items())
    objects += definition.contains("properties") ? 1 : 0;
  CHECK(objects == config_keys().size());
  REQUIRE(places.size() == config_keys().size());
  for (const auto& [place, keys] : config_keys()) {
    INFO(place);
    const auto& object = place.empty() ? schema : schema.at("$defs").at(places.at(place));
    CHECK(object.at("additionalProperties") == false);
    std::vector<std::string> named;
    for (const auto& [key, value] : object.at("properties").items()) {
      named.push_back(key);
      CHECK(value.contains("description") != value.is_boolean());
    }
    std::vector<std::string> read = keys;
    std::sort(read.begin(), read.end());
    CHECK(named == read);
  }
}
