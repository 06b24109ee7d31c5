#include "reports/json_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "reports/display.hpp"

namespace audit {
namespace {

bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

constexpr const char* kReplacement = "\xef\xbf\xbd";

void append_special(std::string& out, std::uint32_t point) {
  switch (point) {
    case '"':
    case '\\':
      out += '\\';
      out += static_cast<char>(point);
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      append_json_escape(out, point);
  }
}

}  // namespace

void JsonText::append_string(std::string_view value) {
  out_ += '"';
  for (std::size_t at = 0; at < value.size();) {
    std::size_t end = at;
    while (end < value.size() && is_plain(static_cast<unsigned char>(value[end]))) ++end;
    out_.append(value, at, end - at);
    at = end;
    if (at == value.size()) break;
    const CodePoint point = code_point(value, at);
    if (!point.valid) {
      out_ += kReplacement;
    } else if (point.value < 0x80 || is_hidden(point.value)) {
      append_special(out_, point.value);
    } else {
      out_.append(value, at, point.bytes);
    }
    at += point.bytes;
  }
  out_ += '"';
}

JsonText& JsonText::key(std::string_view name) {
  separate();
  append_string(name);
  return put(':');
}

JsonText& JsonText::text(std::string_view value) {
  separate();
  append_string(value);
  return *this;
}

JsonText& JsonText::integer(std::int64_t value) {
  separate();
  std::array<char, 24> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out_.append(digits.data(), end);
  return *this;
}

JsonText& JsonText::real(double value) {
  if (!std::isfinite(value)) return null();
  separate();
  std::array<char, 40> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out_ += text;
  if (text.find_first_of(".e") == std::string_view::npos) out_ += ".0";  // it stays a real
  return *this;
}

JsonText& JsonText::flag(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

JsonText& JsonText::null() {
  separate();
  out_ += "null";
  return *this;
}

}  // namespace audit
