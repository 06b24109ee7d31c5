#include "auditor/engine/schedule.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>

namespace audit {

namespace {

constexpr std::array<std::string_view, 7> kDays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr int kDayMinutes = 24 * 60;

std::optional<unsigned> day_number(std::string_view text) {
  const auto found = std::find(kDays.begin(), kDays.end(), text);
  if (found == kDays.end()) return std::nullopt;
  return static_cast<unsigned>(found - kDays.begin());
}

bool on(const Window& window, int day) { return (window.days & (1U << static_cast<unsigned>((day + 7) % 7))) != 0; }

bool covers(const Window& window, int day, int minute) {
  if (window.from < window.to) return on(window, day) && minute >= window.from && minute < window.to;
  return (on(window, day) && minute >= window.from) || (on(window, day - 1) && minute < window.to);
}

std::string clock_text(int minutes) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

// "mon-fri", "sat,sun", "daily"
std::string days_text(unsigned days) {
  if (days == 0x7fU) return "daily";
  std::string text;
  for (unsigned first = 0; first < 7;) {
    if ((days & (1U << first)) == 0) {
      ++first;
      continue;
    }
    unsigned last = first;
    while (last + 1 < 7 && (days & (1U << (last + 1))) != 0) ++last;
    text.append(text.empty() ? "" : ",").append(kDays[first]);
    if (last > first) text.append(last > first + 1 ? "-" : ",").append(kDays[last]);
    first = last + 1;
  }
  return text;
}

}  // namespace

std::optional<unsigned> parse_days(const std::string& text) {
  const auto dash = text.find('-');
  const auto first = day_number(std::string_view(text).substr(0, dash));
  const auto last = dash == std::string::npos ? first : day_number(std::string_view(text).substr(dash + 1));
  if (!first || !last) return std::nullopt;
  unsigned days = 1U << *last;
  for (unsigned day = *first; day != *last; day = (day + 1) % 7) days |= 1U << day;
  return days;
}

std::optional<int> parse_clock(const std::string& text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour * 60 + minute > kDayMinutes) return std::nullopt;
  return hour * 60 + minute;
}

bool Schedule::allows_repair(std::int64_t now) const {
  if (repair.empty()) return true;
  const auto seconds = static_cast<std::time_t>(now / 1000);
  std::tm local{};
  if ((utc ? ::gmtime_r(&seconds, &local) : ::localtime_r(&seconds, &local)) == nullptr) return false;
  const int minute = local.tm_hour * 60 + local.tm_min;
  return std::any_of(repair.begin(), repair.end(),
                     [&](const Window& window) { return covers(window, local.tm_wday, minute); });
}

std::string Schedule::text() const {
  std::string text;
  for (const Window& window : repair) {
    text.append(text.empty() ? "" : ", ").append(days_text(window.days));
    text.append(" ").append(clock_text(window.from)).append("-").append(clock_text(window.to));
  }
  return text;
}

}  // namespace audit
