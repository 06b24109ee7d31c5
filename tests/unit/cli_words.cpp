// Times, spans of time and name patterns.

#include <limits>

#include "auditor/model/glob.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/duration.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

TEST_CASE("times are read as milliseconds of UTC", "[clock]") {
  // 20513 days from 1970-01-01 to 2026-03-01, and 12 hours.
  CHECK(parse_time("2026-03-01T12:00:00Z") == 1'772'366'400'000);
  CHECK(parse_time("2026-03-01t12:00:00z") == 1'772'366'400'000);
  CHECK(parse_time("2026-03-01T13:30:00+01:30") == 1'772'366'400'000);
  CHECK(parse_time("2026-03-01T04:00:00-08:00") == 1'772'366'400'000);
  CHECK(parse_time("2026-03-01T12:00:00.25Z") == 1'772'366'400'250);
  CHECK(parse_time("2026-03-01T12:00:00.1239999999999Z") == 1'772'366'400'123);
  CHECK(parse_time("1970-01-01T00:00:00Z") == 0);
  CHECK(parse_time("1969-12-31T23:59:59.999Z") == -1);
}

TEST_CASE("what is not exactly a time is refused", "[clock]") {
  for (const char* text :
       {"", "2026-03-01", "2026-03-01T12:00:00", "2026-03-01 12:00:00Z", "2026-02-29T00:00:00Z", "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-03-01T24:00:00Z",
        "2026-03-01T12:60:00Z", "2026-03-01T12:00:60Z", "2026-03-01T12:00:00.Z", "2026-03-01T12:00:00+0100",
        "2026-03-01T12:00:00+24:00", "2026-03-01T12:00:00Zx", " 2026-03-01T12:00:00Z", "2026-3-1T12:00:00Z",
        "+026-03-01T12:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time(text).has_value());
  }
  CHECK(parse_time("2024-02-29T00:00:00Z").has_value());
}

TEST_CASE("times are written as they are read", "[clock]") {
  CHECK(format_time(1'772'366'400'000) == "2026-03-01T12:00:00Z");
  CHECK(format_time(1'772'366'400'007) == "2026-03-01T12:00:00.007Z");
  CHECK(format_time(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(format_time(std::numeric_limits<std::int64_t>::max()) == "9999-12-31T23:59:59.999Z");
  CHECK(format_time(std::numeric_limits<std::int64_t>::min()) == "0000-01-01T00:00:00Z");
}

TEST_CASE("spans of time have units", "[duration]") {
  CHECK(parse_duration("0") == 0);
  CHECK(parse_duration("500ms") == 500);
  CHECK(parse_duration("10m") == 600'000);
  CHECK(parse_duration("1h30m") == 5'400'000);
  CHECK(parse_duration("1d2h3m4s5ms") == 93'784'005);
  for (const char* text : {"", "10", "m", "10x", "-5m", "1.5h", "30m1h", "1m1m", "10 m", "1h ", "99999999999999999999s",
                           "9223372036854775807s"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_duration(text).has_value());
  }
}

TEST_CASE("spans of time are written in the largest units", "[duration]") {
  CHECK(format_duration(0) == "0s");
  CHECK(format_duration(5'400'000) == "1h30m");
  CHECK(format_duration(93'784'005) == "1d2h3m4s5ms");
  CHECK(format_duration(-1500) == "-1s500ms");
}

TEST_CASE("globs match whole names", "[glob]") {
  CHECK(glob_match("session-*", "session-without-window"));
  CHECK(glob_match("*", ""));
  CHECK(glob_match("", ""));
  CHECK(glob_match("*-window", "session-without-window"));
  CHECK(glob_match("a?c", "abc"));
  CHECK(glob_match("a*b*c", "a-b-b-c"));
  CHECK(glob_match("**a", "a"));
  CHECK_FALSE(glob_match("session", "session-x"));
  CHECK_FALSE(glob_match("a?c", "ac"));
  CHECK_FALSE(glob_match("", "a"));
  CHECK_FALSE(glob_match("*b", "abc"));
  CHECK_FALSE(glob_match("[a]", "a"));
  CHECK_FALSE(glob_match("*a*a*a*a*a*a*a*a*a*b", std::string(5000, 'a')));  // and soon
}
