#include "auditor/model/value.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace audit {

namespace {

std::string real_text(double number) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
  return error == std::errc() ? std::string(buffer, end) : std::string("0");
}

std::string hex(const std::string& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace

std::string to_text(const Value& value) {
  switch (value.index()) {
    case 1: return std::to_string(std::get<std::int64_t>(value));
    case 2: return real_text(std::get<double>(value));
    case 3: return std::get<std::string>(value);
    case 4: return hex(std::get<Blob>(value).bytes);
    default: return {};
  }
}

std::int64_t to_integer(const Value& value, std::int64_t otherwise) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* real = std::get_if<double>(&value)) {
    return std::isfinite(*real) && std::abs(*real) < 9.2e18 ? static_cast<std::int64_t>(*real) : otherwise;
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    std::int64_t integer = 0;
    const auto* end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, integer);
    return error == std::errc() && stop == end ? integer : otherwise;
  }
  return otherwise;
}

}  // namespace audit
