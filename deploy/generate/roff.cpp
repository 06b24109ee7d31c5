#include "deploy/generate/roff.hpp"

namespace audit {

namespace {

std::string escaped(char c) {
  switch (c) {
    case '\\':
      return "\\e";
    case '-':
      return "\\-";
    case '~':
      return "\\(ti";
    case '^':
      return "\\(ha";
    case '\'':
      return "\\(aq";
    default:
      return {c};
  }
}

}  // namespace

std::string roff(std::string_view text) {
  std::string out;
  bool code = false;
  bool line_start = true;
  for (const char c : text) {
    if (c == '`') {
      code = !code;
      out += code ? "\\fB" : "\\fR";
    } else {
      if (line_start && c == '.') out += "\\&";
      out += escaped(c);
    }
    line_start = c == '\n';
  }
  if (code) out += "\\fR";
  return out;
}

std::string roff_argument(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\\(dq") : escaped(c);
  return out + "\"";
}

}  // namespace audit
