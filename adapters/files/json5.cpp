#include "adapters/files/json5.hpp"

#include <algorithm>
#include <cctype>

namespace audit {
namespace {

class Converter {
 public:
  explicit Converter(std::string_view text) : text_(text) { out_.reserve(text.size() + text.size() / 16); }

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  static bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' || (c & 0x80) != 0;
  }

  void step() {
    const char c = peek();
    if (c == '/' && (peek(1) == '/' || peek(1) == '*')) {
      comment();
    } else if (c == '"' || c == '\'') {
      string(c);
    } else if (c == ',') {
      comma();
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '.' || c == '-') {
      number();
    } else if (const std::size_t blank = odd_blank(); blank > 0) {
      out_.append(blank, ' ');
      at_ += blank;
    } else if (is_word(c)) {
      word();
    } else {
      out_ += c;
      ++at_;
    }
  }

  // Bytes of a blank that JSON does not know and JSON5 does; 0 when here is none.
  [[nodiscard]] std::size_t odd_blank() const {
    const std::string_view rest = text_.substr(at_);
    if (rest.front() == '\v' || rest.front() == '\f') return 1;
    for (const std::string_view blank : {"\u00A0", "\uFEFF", "\u2028", "\u2029"}) {
      if (rest.starts_with(blank)) return blank.size();
    }
    return 0;
  }

  void comment() {
    const bool line = peek(1) == '/';
    const auto end = text_.find(line ? "\n" : "*/", at_ + 2);
    const std::size_t stop = end == std::string_view::npos ? text_.size() : end + (line ? 0 : 2);
    for (; at_ < stop; ++at_) out_ += text_[at_] == '\n' ? '\n' : ' ';
  }

  void string(char quote) {
    out_ += '"';
    for (++at_; at_ < text_.size() && peek() != quote; ++at_) {
      if (peek() == '\\') {
        escape();
      } else if (peek() == '"') {
        out_ += "\\\"";
      } else {
        out_ += peek();
      }
    }
    if (at_ < text_.size()) {
      out_ += '"';
      ++at_;
    }
  }

  void escape() {
    const char next = peek(1);
    ++at_;
    if (next == '\n') return;  // a line that goes on
    if (next == '\r') {
      if (peek(1) == '\n') ++at_;
      return;
    }
    if (next == '\'') {
      out_ += '\'';
    } else if (next == 'v') {
      out_ += "\\u000b";
    } else if (next == '0') {
      out_ += "\\u0000";
    } else if (next == 'x') {
      out_ += "\\u00";
    } else if (std::string_view("\"\\/bfnrtu").find(next) != std::string_view::npos) {
      out_ += '\\';
      out_ += next;
    } else {
      out_ += next;  // any other character stands for itself
    }
  }

  // A comma before a closing bracket is a blank.
  void comma() {
    std::size_t next = at_ + 1;
    for (;;) {
      while (next < text_.size() && std::isspace(static_cast<unsigned char>(text_[next])) != 0) ++next;
      if (text_.substr(next, 2) == "//") {
        next = std::min(text_.find('\n', next), text_.size());
      } else if (text_.substr(next, 2) == "/*") {
        const auto end = text_.find("*/", next + 2);
        next = end == std::string_view::npos ? text_.size() : end + 2;
      } else {
        break;
      }
    }
    const bool trailing = next < text_.size() && (text_[next] == '}' || text_[next] == ']');
    out_ += trailing ? ' ' : ',';
    ++at_;
  }

  void number() {
    if (peek() == '+') ++at_;
    const bool minus = peek() == '-';
    if (minus) ++at_;
    if (peek() == 'I' || peek() == 'N') return word();
    if (minus) out_ += '-';
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) return hexadecimal();
    if (peek() == '.' && std::isdigit(static_cast<unsigned char>(peek(1))) != 0) out_ += '0';
    bool any = false;
    for (; is_word(peek()) || peek() == '.' || (any && (peek() == '-' || peek() == '+')); ++at_) {
      const char c = peek();
      if (c == '.' && std::isdigit(static_cast<unsigned char>(peek(1))) == 0) {
        out_ += ".0";
      } else {
        out_ += c;
      }
      any = c == 'e' || c == 'E';
    }
  }

  void hexadecimal() {
    const auto digit = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
    const std::size_t from = at_ + 2;
    for (at_ = from; digit(peek());) ++at_;
    const std::string digits(text_.substr(from, at_ - from));
    // What 64 bits do not hold stays as it is: no reader of ours can say what it means.
    out_ += digits.empty() || digits.size() > 15 ? "0x" + digits : std::to_string(std::stoll(digits, nullptr, 16));
  }

  void word() {
    std::string word;
    for (; is_word(peek()); ++at_) word += peek();
    std::size_t next = at_;
    while (next < text_.size() && std::isspace(static_cast<unsigned char>(text_[next])) != 0) ++next;
    if (next < text_.size() && text_[next] == ':') {
      out_ += '"' + word + '"';
    } else {
      out_ += word == "NaN" || word == "Infinity" ? "null" : word;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string plain_json(std::string_view json5) { return Converter(json5).run(); }

}  // namespace audit
