#pragma once
// The values that cross the borders between stores, checks and reports.

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace audit {

// Bytes that are not text. Kept apart from text so that a report never prints them as such.
struct Blob {
  std::string bytes;
  friend bool operator==(const Blob&, const Blob&) = default;
};

// NULL, integer, real, text (bytes as stored, not necessarily valid UTF-8), blob.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;
using Row = std::vector<Value>;
using Cells = std::vector<std::pair<std::string, Value>>;  // column, value

[[nodiscard]] inline bool is_null(const Value& value) { return value.index() == 0; }

// The value as an id is spelled: numbers in decimal, text as it is, a blob as lower-case hex, NULL as "".
[[nodiscard]] std::string to_text(const Value& value);

// The integer in `value`, also when it is spelled as text or is a real; `otherwise` when there is none.
[[nodiscard]] std::int64_t to_integer(const Value& value, std::int64_t otherwise = 0);

}  // namespace audit
