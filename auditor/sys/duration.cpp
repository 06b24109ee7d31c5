#include "auditor/sys/duration.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace audit {

namespace {

struct Unit {
  std::string_view name;
  std::int64_t ms;
};

constexpr std::array<Unit, 5> kUnits{{{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}}};

constexpr bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text == "0") return 0;
  std::int64_t total = 0;
  std::size_t next_unit = 0;  // units before this one are used up
  while (!text.empty()) {
    if (is_letter(text.front()) || text.front() == '-') return std::nullopt;
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    std::size_t length = 0;
    while (length < text.size() && is_letter(text[length])) ++length;
    const std::string_view name = text.substr(0, length);
    while (next_unit < kUnits.size() && kUnits.at(next_unit).name != name) ++next_unit;
    if (next_unit == kUnits.size()) return std::nullopt;
    const std::int64_t unit = kUnits.at(next_unit++).ms;
    if (count > (std::numeric_limits<std::int64_t>::max() - total) / unit) return std::nullopt;
    total += count * unit;
    text.remove_prefix(length);
  }
  return total;
}

std::string format_duration(std::int64_t ms) {
  if (ms == 0) return "0s";
  std::string text = ms < 0 ? "-" : "";
  auto rest = ms < 0 ? 0 - static_cast<std::uint64_t>(ms) : static_cast<std::uint64_t>(ms);
  for (const Unit& unit : kUnits) {
    const auto size = static_cast<std::uint64_t>(unit.ms);
    if (rest >= size) text.append(std::to_string(rest / size)).append(unit.name);
    rest %= size;
  }
  return text;
}

}  // namespace audit
