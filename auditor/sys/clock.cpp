#include "auditor/sys/clock.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace audit {

namespace {

constexpr std::int64_t kFirst = -62'167'219'200'000;  // 0000-01-01T00:00:00.000Z
constexpr std::int64_t kLast = 253'402'300'799'999;   // 9999-12-31T23:59:59.999Z

// Reads a text from its front; the first thing that does not fit makes it fail for good.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  int number(int digits) {
    int value = 0;
    for (int i = 0; i < digits; ++i) {
      if (!digit()) return fail();
      value = value * 10 + (take() - '0');
    }
    return value;
  }
  void expect(char upper, char lower) {
    if (text_.empty() || (text_.front() != upper && text_.front() != lower)) {
      fail();
    } else {
      take();
    }
  }
  [[nodiscard]] bool next_is(char c) const { return !text_.empty() && text_.front() == c; }
  [[nodiscard]] bool digit() const { return !text_.empty() && text_.front() >= '0' && text_.front() <= '9'; }
  char take() {
    const char c = text_.front();
    text_.remove_prefix(1);
    return c;
  }
  int fail() {
    good_ = false;
    text_ = {};
    return 0;
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return good_ && text_.empty(); }

 private:
  std::string_view text_;
  bool good_ = true;
};

int read_fraction(Reader& reader) {
  if (!reader.next_is('.')) return 0;
  reader.take();
  if (!reader.digit()) return reader.fail();
  int ms = 0;
  for (int scale = 100; reader.digit(); scale /= 10) ms += (reader.take() - '0') * scale;
  return ms;
}

// Minutes east of UTC.
int read_zone(Reader& reader) {
  if (reader.next_is('Z') || reader.next_is('z')) {
    reader.take();
    return 0;
  }
  const bool west = reader.next_is('-');
  if (!west && !reader.next_is('+')) return reader.fail();
  reader.take();
  const int hours = reader.number(2);
  reader.expect(':', ':');
  const int minutes = reader.number(2);
  if (hours > 23 || minutes > 59) return reader.fail();
  return (hours * 60 + minutes) * (west ? -1 : 1);
}

struct Fields {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int ms = 0;
  int zone = 0;  // minutes east of UTC
};

// "2026-03-01T12:00:00Z": the form that most stores have all their times in. False for any other.
bool read_plain(std::string_view text, Fields& fields) {
  constexpr std::size_t kLength = 20;
  if (text.size() != kLength || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z') {
    return false;
  }
  unsigned worst = 0;
  const auto two = [&](std::size_t at) {
    const unsigned tens = static_cast<unsigned char>(text[at]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
    worst = std::max({worst, tens, ones});
    return static_cast<int>(tens * 10 + ones);
  };
  const int century = two(0);
  fields = {century * 100 + two(2), two(5), two(8), two(11), two(14), two(17), 0, 0};
  return worst <= 9;
}

bool read_any(std::string_view text, Fields& fields) {
  Reader reader(text);
  fields.year = reader.number(4);
  reader.expect('-', '-');
  fields.month = reader.number(2);
  reader.expect('-', '-');
  fields.day = reader.number(2);
  reader.expect('T', 't');
  fields.hour = reader.number(2);
  reader.expect(':', ':');
  fields.minute = reader.number(2);
  reader.expect(':', ':');
  fields.second = reader.number(2);
  fields.ms = read_fraction(reader);
  fields.zone = read_zone(reader);
  return reader.at_end();
}

}  // namespace

std::optional<std::int64_t> parse_time(std::string_view text) {
  namespace ch = std::chrono;
  Fields fields;
  if (!read_plain(text, fields) && !read_any(text, fields)) return std::nullopt;
  const ch::year_month_day date{ch::year(fields.year), ch::month(static_cast<unsigned>(fields.month)), ch::day(static_cast<unsigned>(fields.day))};
  if (!date.ok() || fields.hour > 23 || fields.minute > 59 || fields.second > 59) return std::nullopt;
  const std::int64_t days = ch::sys_days(date).time_since_epoch().count();
  return ((days * 24 + fields.hour) * 60 + fields.minute - fields.zone) * 60'000 + fields.second * 1000 + fields.ms;
}

std::string format_time(std::int64_t ms) {
  namespace ch = std::chrono;
  const ch::sys_time<ch::milliseconds> time{ch::milliseconds(std::clamp(ms, kFirst, kLast))};
  const auto days = ch::floor<ch::days>(time);
  const ch::year_month_day date(days);
  const ch::hh_mm_ss clock(time - days);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  std::string text = buffer;
  if (const auto fraction = clock.subseconds().count(); fraction != 0) {
    std::snprintf(buffer, sizeof buffer, ".%03d", static_cast<int>(fraction));
    text += buffer;
  }
  return text + "Z";
}

std::int64_t current_time() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace audit
