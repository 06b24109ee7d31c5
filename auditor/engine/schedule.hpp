#pragma once
// When repairs are allowed: windows of the week.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace audit {

// From `from` to `to`, both in minutes after midnight, on the days it starts on. Where `to` is not later than `from` it
// ends on the next day.
struct Window {
  unsigned days = 0x7f;  // bit 0: Sunday … bit 6: Saturday
  int from = 0;
  int to = 0;
};

struct Schedule {
  std::vector<Window> repair;  // none: always
  bool utc = false;            // else the time zone of the machine

  [[nodiscard]] bool allows_repair(std::int64_t now) const;  // ms
  // As it is written, for people: "mon-fri 22:00-06:00, sun 00:00-24:00".
  [[nodiscard]] std::string text() const;
};

// "sun" … "sat", or a range ("fri-mon"), as bits; nullopt for all else.
[[nodiscard]] std::optional<unsigned> parse_days(const std::string& text);
// "00:00" … "24:00" in minutes after midnight; nullopt for all else.
[[nodiscard]] std::optional<int> parse_clock(const std::string& text);

}  // namespace audit
