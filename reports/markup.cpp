#include "reports/markup.hpp"

#include "reports/display.hpp"

namespace audit {
namespace {

const char* entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return nullptr;
  }
}

// U+FFFE, U+FFFF and their like on the other planes: valid UTF-8, not allowed in XML.
void spell_noncharacters(std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point(text, at);
    if (point.valid && (point.value & 0xfffeU) == 0xfffe) text.replace(at, point.bytes, "\\u{fffe}");
    at += point.bytes;
  }
}

bool is_markdown(char c) { return std::string_view("\\`*_{}[]()#.!|~@:$^").find(c) != std::string_view::npos; }

}  // namespace

std::string markup(std::string_view text) {
  std::string safe = harmless(text, true);
  spell_noncharacters(safe);
  std::string out;
  out.reserve(safe.size());
  for (const char c : safe) {
    if (const char* name = entity(c); name != nullptr) {
      out += name;
    } else {
      out += c;
    }
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  std::string out;
  for (const char c : harmless(text, true)) {
    if (const char* name = entity(c); name != nullptr) {
      out += name;
    } else if (is_markdown(c)) {
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace audit
