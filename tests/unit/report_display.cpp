#include "reports/display.hpp"
#include "tests/unit/report_fixture.hpp"

using namespace audit;

TEST_CASE("control characters are spelled out", "[report]") {
  CHECK(harmless("a\x1b[31mb\n\t\r\x7f", true) == "a\\x1b[31mb\\n\\t\\r\\x7f");
  CHECK(harmless(std::string_view("\0", 1), true) == "\\x00");
  CHECK(harmless("\xc2\x9b", true) == "\\u{9b}");  // CSI in one character
}

TEST_CASE("bytes that are not UTF-8 are spelled out one by one", "[report]") {
  CHECK(harmless("\xff\xc3", true) == "\\xff\\xc3");
  CHECK(harmless("\xc0\xaf", true) == "\\xc0\\xaf");                    // overlong /
  CHECK(harmless("\xe0\x80\xaf", true) == "\\xe0\\x80\\xaf");           // overlong
  CHECK(harmless("\xed\xa0\x80", true) == "\\xed\\xa0\\x80");           // surrogate
  CHECK(harmless("\xf4\x90\x80\x80", true) == "\\xf4\\x90\\x80\\x80");  // beyond U+10FFFF
  CHECK(harmless("\xe2\x82", true) == "\\xe2\\x82");                    // cut off
}

TEST_CASE("what nobody sees is spelled out, what people write is kept", "[report]") {
  CHECK(harmless("a\xe2\x80\xae"
                 "b",
                 true) == "a\\u{202e}b");
  CHECK(harmless("\xe2\x81\xa6\xef\xbb\xbf\xe2\x80\x8b", true) == "\\u{2066}\\u{feff}\\u{200b}");
  CHECK(harmless("\xf3\xa0\x81\x81", true) == "\\u{e0041}");  // a tag character
  CHECK(harmless("gr\xc3\xbc\xc3\x9f \xe6\x97\xa5\xe6\x9c\xac", true) == "gr\xc3\xbc\xc3\x9f \xe6\x97\xa5\xe6\x9c\xac");
}

TEST_CASE("without Unicode everything is ASCII", "[report]") {
  CHECK(harmless("9f3c\xe2\x80\xa6 \xe2\x86\x92 \xc2\xb7 \xc3\xbc", false) == "9f3c... -> - \\u{fc}");
}

TEST_CASE("columns are those of a terminal", "[report]") {
  CHECK(columns_of("abc") == 3);
  CHECK(columns_of("\xc3\xbc") == 1);
  CHECK(columns_of("e\xcc\x81") == 1);                 // e and a combining accent
  CHECK(columns_of("\xe6\x97\xa5\xe6\x9c\xac") == 4);  // two wide characters
  CHECK(columns_of("\xf0\x9f\x98\x80") == 2);          // emoji
  CHECK(columns_of("\\u{202e}") == 8);
  CHECK(pad_right("\xe6\x97\xa5", 4) == "\xe6\x97\xa5  ");
  CHECK(pad_left("7", 3) == "  7");
}

TEST_CASE("marks and spelled-out characters are not split", "[report]") {
  CHECK(unit_at("e\xcc\x81x", 0).bytes == 3);
  CHECK(unit_at("\\u{202e}x", 0).bytes == 8);
  CHECK(unit_at("\\x1b[31m", 0).bytes == 4);
  CHECK(unit_at("\\z", 0).bytes == 1);
  CHECK(unit_at("\\", 0).bytes == 1);
  CHECK(unit_at("\\u{", 0).bytes == 1);
}

TEST_CASE("numbers and durations for people", "[report]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(grouped(-1234) == "-1,234");
  CHECK(grouped(-123) == "-123");
  CHECK(counted(1, "change") == "1 change");
  CHECK(counted(0, "entry", "entries") == "0 entries");
  CHECK(duration_text(0.4) == "0 ms");
  CHECK(duration_text(999.4) == "999 ms");
  CHECK(duration_text(999.6) == "1.0 s");
  CHECK(duration_text(1234) == "1.2 s");
  CHECK(duration_text(59'949) == "59.9 s");
  CHECK(duration_text(59'960) == "1 min 0 s");
  CHECK(duration_text(125'000) == "2 min 5 s");
  CHECK(duration_text(3'780'000) == "1 h 3 min");
}

TEST_CASE("what was counted is named in singular and plural", "[report]") {
  CHECK(counts_text({}).empty());
  CHECK(counts_text({{"sessions", 1}, {"entries", 1}, {"windows", 0}}) == "1 session, 1 entry, 0 windows");
  CHECK(counts_text({{"entries", 1043}, {"sessions", 2}}) == "1,043 entries, 2 sessions");
}
