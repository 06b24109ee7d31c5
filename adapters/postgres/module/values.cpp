// The server's text form of a value, by the type of its column.

#include <algorithm>
#include <charconv>

#include "adapters/postgres/module/connection.hpp"

namespace audit::postgres {

namespace {

enum Type : unsigned {
  kBool = 16,
  kBytea = 17,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kOid = 26,
  kFloat4 = 700,
  kFloat8 = 701,
  kNumeric = 1700
};

constexpr std::ptrdiff_t kExactDigits = 15;

template <typename Number>
Value number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::string(text);
  return value;
}

// A whole number is an integer; others are reals while a real can hold all their digits.
Value numeric(std::string_view text, bool exact) {
  if (text.find('.') == std::string_view::npos) return number<std::int64_t>(text);
  if (exact) return std::string(text);
  while (text.ends_with('0')) text.remove_suffix(1);
  if (text.ends_with('.')) return number<std::int64_t>(text.substr(0, text.size() - 1));
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits <= kExactDigits ? number<double>(text) : Value(std::string(text));
}

Value real(std::string_view text, bool exact) {
  Value value = number<double>(text);
  return exact && to_text(value) != text ? Value(std::string(text)) : value;
}

Value bytes(std::string_view text) {
  const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
  Blob blob;
  for (std::size_t i = 2; i + 1 < text.size(); i += 2) {
    blob.bytes += static_cast<char>(static_cast<unsigned char>(digit(text[i]) << 4U | digit(text[i + 1])));
  }
  return blob;
}

}  // namespace

Value value_of(const pqxx::result& result, int row, int column, bool exact) {
  return value_of(result, result[static_cast<pqxx::result::size_type>(row)], column, exact);
}

Value value_of(const pqxx::result& result, const pqxx::row& row, int column, bool exact) {
  const auto field = row[static_cast<pqxx::row::size_type>(column)];
  if (field.is_null()) return {};
  const std::string_view text(field.c_str(), field.size());
  switch (static_cast<unsigned>(result.column_type(static_cast<pqxx::row::size_type>(column)))) {
    case kBool:
      return static_cast<std::int64_t>(text == "t");
    case kInt2:
    case kInt4:
    case kInt8:
    case kOid:
      return number<std::int64_t>(text);
    case kFloat4:
    case kFloat8:
      return real(text, exact);
    case kNumeric:
      return numeric(text, exact);
    case kBytea:
      return bytes(text);
    default:
      return std::string(text);
  }
}

}  // namespace audit::postgres
