#pragma once
// Text of unknown origin on a terminal: made harmless, measured in columns, cut without breaking a character.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace audit {

struct CodePoint {
  std::uint32_t value = 0;  // the byte itself when it is not valid
  std::size_t bytes = 1;    // 1 when it is not valid
  bool valid = false;       // false: the byte at this place does not belong to well-formed UTF-8
};

// The character at byte `at`, which must be inside the text.
[[nodiscard]] CodePoint code_point(std::string_view text, std::size_t at);

// Control characters, and format characters that nobody sees: bidi overrides, zero-width characters, tags, line
// separators.
[[nodiscard]] bool is_hidden(std::uint32_t code_point);

// Appends \uXXXX, as a surrogate pair beyond U+FFFF.
void append_json_escape(std::string& out, std::uint32_t code_point);

// The text with everything that a terminal would obey or hide spelled out: \n, \t, \x1b for bytes below 0x80 and for
// bytes that are not UTF-8, \u{202e} for the rest. Without `unicode` every other character beyond ASCII is spelled out
// as well, except that dots, dashes and arrows of our own get their ASCII likeness. The result is valid UTF-8.
[[nodiscard]] std::string harmless(std::string_view text, bool unicode);

// A piece of harmless text that must not be split: a character with its marks, or one spelled-out escape.
struct Unit {
  std::size_t bytes = 1;
  int columns = 1;
};
[[nodiscard]] Unit unit_at(std::string_view harmless_text, std::size_t at);

// Columns that harmless text takes.
[[nodiscard]] int columns_of(std::string_view harmless_text);

// Padded with blanks to this many columns; unchanged when it has more.
[[nodiscard]] std::string pad_right(const std::string& text, int columns);
[[nodiscard]] std::string pad_left(const std::string& text, int columns);

// 6451 → "6,451"
[[nodiscard]] std::string grouped(std::int64_t number);
// "1 change", "6,451 changes"; `many` only where the plural is not the singular and an s.
[[nodiscard]] std::string counted(std::int64_t number, const std::string& one, const std::string& many = {});
// What was counted, by the plural: "1 session, 17 windows".
[[nodiscard]] std::string counts_text(const std::vector<std::pair<std::string, std::int64_t>>& counts);
// A duration in milliseconds as "4 ms", "1.2 s", "2 min 5 s", "1 h 3 min".
[[nodiscard]] std::string duration_text(double milliseconds);

}  // namespace audit
