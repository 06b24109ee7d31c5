#include "reports/display.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <span>

namespace audit {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

#include "reports/width_tables.inc"

bool in_ranges(std::span<const Range> ranges, std::uint32_t point) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), point,
                                      [](std::uint32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && point <= std::prev(after)->last;
}

bool is_mark(std::uint32_t point) { return point >= 0x300 && in_ranges(kZeroWidth, point); }

void append_format(std::string& out, const char* format, std::uint32_t value) {
  std::array<char, 16> text{};
  const int length = std::snprintf(text.data(), text.size(), format, static_cast<unsigned>(value));
  out.append(text.data(), static_cast<std::size_t>(length));
}

void append_spelled(std::string& out, std::uint32_t value, bool as_byte) {
  if (value == '\n') {
    out += "\\n";
  } else if (value == '\t') {
    out += "\\t";
  } else if (value == '\r') {
    out += "\\r";
  } else {
    append_format(out, as_byte || value < 0x80 ? "\\x%02x" : "\\u{%x}", value);
  }
}

// What stands for a character of our own sentences on a terminal without Unicode; nullptr: spelled out.
const char* ascii_likeness(std::uint32_t point) {
  switch (point) {
    case 0x2026:
      return "...";
    case 0x2192:
      return "->";
    case 0x00b7:
    case 0x2013:
    case 0x2014:
      return "-";
    case 0x00a0:
      return " ";
    case 0x00d7:
      return "x";
    default:
      return nullptr;
  }
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// Length of a spelled-out character at `at`, 0 when there is none.
std::size_t escape_length(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 12);
  if (rest.size() < 2 || rest[0] != '\\') return 0;
  if (rest[1] == 'n' || rest[1] == 't' || rest[1] == 'r') return 2;
  if (rest[1] == 'x') return rest.size() >= 4 && is_hex(rest[2]) && is_hex(rest[3]) ? 4 : 0;
  if (rest[1] != 'u' || rest.size() < 5 || rest[2] != '{') return 0;
  std::size_t end = 3;
  while (end < rest.size() && is_hex(rest[end])) ++end;
  return end > 3 && end < rest.size() && rest[end] == '}' ? end + 1 : 0;
}

}  // namespace

CodePoint code_point(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t bytes = lead >= 0xc2 && lead < 0xe0   ? 2
                            : lead >= 0xe0 && lead < 0xf0 ? 3
                            : lead >= 0xf0 && lead < 0xf5 ? 4
                                                          : 0;
  if (bytes == 0 || at + bytes > text.size()) return {lead, 1, false};
  std::uint32_t value = lead & (0xffU >> (bytes + 1));
  for (std::size_t offset = 1; offset < bytes; ++offset) {
    if ((byte(offset) & 0xc0U) != 0x80) return {lead, 1, false};
    value = (value << 6U) | (byte(offset) & 0x3fU);
  }
  const bool overlong = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value < 0xe000;
  if (overlong || surrogate || value > 0x10ffff) return {lead, 1, false};
  return {value, bytes, true};
}

bool is_hidden(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0xa0 && in_ranges(kHidden, point));
}

void append_json_escape(std::string& out, std::uint32_t point) {
  if (point < 0x10000) {
    append_format(out, "\\u%04x", point);
    return;
  }
  append_format(out, "\\u%04x", 0xd800 + ((point - 0x10000) >> 10U));
  append_format(out, "\\u%04x", 0xdc00 + ((point - 0x10000) & 0x3ffU));
}

std::string harmless(std::string_view text, bool unicode) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t plain = at;
    while (plain < text.size() && text[plain] >= ' ' && text[plain] <= '~') ++plain;
    if (plain > at) {
      out.append(text, at, plain - at);
      at = plain;
      continue;
    }
    const CodePoint point = code_point(text, at);
    const bool beyond_ascii = point.value >= 0x80;
    const char* likeness = beyond_ascii && !unicode ? ascii_likeness(point.value) : nullptr;
    if (!point.valid || is_hidden(point.value)) {
      append_spelled(out, point.value, !point.valid);
    } else if (likeness != nullptr) {
      out += likeness;
    } else if (beyond_ascii && !unicode) {
      append_spelled(out, point.value, false);
    } else {
      out.append(text, at, point.bytes);
    }
    at += point.bytes;
  }
  return out;
}

Unit unit_at(std::string_view text, std::size_t at) {
  if (const std::size_t escape = escape_length(text, at); escape > 0) return {escape, static_cast<int>(escape)};
  const CodePoint point = code_point(text, at);
  Unit unit{point.bytes, 1};
  if (is_mark(point.value)) unit.columns = 0;
  if (point.value >= 0x1100 && in_ranges(kWide, point.value)) unit.columns = 2;
  while (at + unit.bytes < text.size()) {
    const CodePoint next = code_point(text, at + unit.bytes);
    if (!is_mark(next.value)) break;
    unit.bytes += next.bytes;
  }
  return unit;
}

int columns_of(std::string_view text) {
  int columns = 0;
  const auto is_ascii = [&](std::size_t at) { return at == text.size() || static_cast<unsigned char>(text[at]) < 0x80; };
  for (std::size_t at = 0; at < text.size();) {
    if (is_ascii(at) && is_ascii(at + 1)) {  // nothing marks it; the columns of what is spelled out are its characters
      ++columns;
      ++at;
      continue;
    }
    const Unit unit = unit_at(text, at);
    columns += unit.columns;
    at += unit.bytes;
  }
  return columns;
}

std::string pad_right(const std::string& text, int columns) {
  return text + std::string(static_cast<std::size_t>(std::max(0, columns - columns_of(text))), ' ');
}

std::string pad_left(const std::string& text, int columns) {
  return std::string(static_cast<std::size_t>(std::max(0, columns - columns_of(text))), ' ') + text;
}

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  const std::size_t first_digit = number < 0 ? 1 : 0;
  for (std::size_t at = text.size(); at > first_digit + 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string counted(std::int64_t number, const std::string& one, const std::string& many) {
  return grouped(number) + " " + (number == 1 ? one : many.empty() ? one + "s" : many);
}

std::string counts_text(const std::vector<std::pair<std::string, std::int64_t>>& counts) {
  std::string text;
  for (const auto& [noun, number] : counts) {
    std::string one = noun;
    if (noun.ends_with("ies")) {
      one = noun.substr(0, noun.size() - 3) + "y";
    } else if (noun.ends_with("s")) {
      one.pop_back();
    }
    text += (text.empty() ? "" : ", ") + counted(number, one, noun);
  }
  return text;
}

std::string duration_text(double milliseconds) {
  if (!std::isfinite(milliseconds) || milliseconds < 0) return "0 ms";
  std::array<char, 64> text{};
  if (milliseconds < 999.5) {
    std::snprintf(text.data(), text.size(), "%.0f ms", milliseconds);
  } else if (milliseconds < 59'950) {
    std::snprintf(text.data(), text.size(), "%.1f s", milliseconds / 1000);
  } else {
    const auto seconds = static_cast<long long>(std::min(milliseconds / 1000 + 0.5, 1e12));
    if (seconds < 3600) {
      std::snprintf(text.data(), text.size(), "%lld min %lld s", seconds / 60, seconds % 60);
    } else {
      std::snprintf(text.data(), text.size(), "%lld h %lld min", seconds / 3600, seconds % 3600 / 60);
    }
  }
  return text.data();
}

}  // namespace audit
