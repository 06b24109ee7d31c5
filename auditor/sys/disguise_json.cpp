#include "auditor/sys/disguise_json.hpp"

#include <algorithm>
#include <array>

namespace audit {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80; }

// Blanks of JSON5 beyond ASCII (and the mark at the beginning of a file).
constexpr std::array<std::string_view, 8> kLongBlanks{"\xef\xbb\xbf", "\xc2\xa0", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe1\x9a\x80", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

// Bytes of the blank that begins here; 0 when it is none.
std::size_t blank_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (is_blank(text[at])) return 1;
  const std::string_view rest = text.substr(at, 3);
  if (rest.size() == 3 && rest[0] == '\xe2' && rest[1] == '\x80' && static_cast<unsigned char>(rest[2]) <= 0x8a) return 3;  // U+2000…U+200A
  const auto found = std::find_if(kLongBlanks.begin(), kLongBlanks.end(), [&](std::string_view blank) { return rest.starts_with(blank); });
  return found == kLongBlanks.end() ? 0 : found->size();
}

constexpr std::array<std::string_view, 8> kWords{"true", "false", "null", "NULL", "NaN", "Infinity", "t", "f"};

constexpr unsigned kNone = 0xffffffff;

// Of four hexadecimal digits; kNone for anything else.
unsigned hex_value(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) {
    const std::size_t at = std::string_view("0123456789abcdef").find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
    if (at == std::string_view::npos) return kNone;
    value = value * 16 + static_cast<unsigned>(at);
  }
  return digits.size() == 4 ? value : kNone;
}

void add_utf8(std::string& text, unsigned code) {
  const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80U | ((code >> shift) & 0x3fU)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xc0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xe0U | (code >> 12U));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xf0U | (code >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

// The text that a string of JSON means. Half a pair of surrogates becomes a question mark.
std::string meaning(std::string_view raw) {
  std::string text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 >= raw.size()) {
      text += raw[i];
      continue;
    }
    const char c = raw[++i];
    if (c == '\n') continue;  // a line that goes on, in JSON5
    static constexpr std::string_view kFrom = "nrtbf";
    static constexpr std::string_view kTo = "\n\r\t\b\f";
    if (c != 'u') {
      const std::size_t at = kFrom.find(c);
      text += at == std::string_view::npos ? c : kTo[at];
      continue;
    }
    const unsigned code = hex_value(raw.substr(std::min(i + 1, raw.size()), 4));
    if (code == kNone) {
      text += '?';
      continue;
    }
    i += 4;
    const unsigned low = raw.substr(i + 1, 2) == "\\u" ? hex_value(raw.substr(i + 3, 4)) : kNone;
    if (code >= 0xd800 && code < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
      add_utf8(text, 0x10000 + ((code - 0xd800) << 10U) + (low - 0xdc00));
      i += 6;
    } else if (code >= 0xd800 && code < 0xe000) {
      text += '?';
    } else {
      add_utf8(text, code);
    }
  }
  return text;
}

std::string spelled(std::string_view text, char quote) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string raw;
  for (const char c : text) {
    if (c == quote || c == '\\') {
      raw += '\\';
      raw += c;
    } else if (c == '\n') {
      raw += "\\n";
    } else if (c == '\r') {
      raw += "\\r";
    } else if (c == '\t') {
      raw += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      raw += "\\u00";
      raw += kDigits[static_cast<unsigned char>(c) >> 4U];
      raw += kDigits[static_cast<unsigned char>(c) & 15U];
    } else {
      raw += c;
    }
  }
  return raw;
}

bool has_bare_control(std::string_view raw) {
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\\' && raw.substr(i + 1, 1) == "\n") {
      ++i;
    } else if (static_cast<unsigned char>(raw[i]) < 0x20) {
      return true;
    }
  }
  return false;
}

class JsonWalk {
 public:
  JsonWalk(const Disguise& disguise, std::string_view text) : disguise_(disguise), text_(text) { result_.reserve(text.size()); }

  std::string run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (const std::size_t blank = blank_length(text_, at_); blank > 0) {
        result_ += text_.substr(at_, blank);
        at_ += blank;
      } else if (c == '"' || c == '\'') {
        string(c);
      } else if (is_digit(c)) {
        number();
      } else if (is_word(c)) {
        word();
      } else {
        result_ += c;
        ++at_;
      }
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_key(std::size_t end) const {
    while (const std::size_t blank = blank_length(text_, end)) end += blank;
    return end < text_.size() && text_[end] == ':';
  }

  // Whether what ends here is the value of a known key.
  [[nodiscard]] bool is_needed(std::size_t end) const { return !key_.empty() && disguise_.knows(key_) && !is_key(end); }

  void string(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    end = std::min(end, text_.size());
    const std::string_view raw = text_.substr(at_ + 1, end - at_ - 1);
    result_ += quote;
    const bool cut = end == text_.size() || text_[end] == '\n';
    if (cut || has_bare_control(raw)) {
      broken(raw);
      at_ = end;
      if (!cut) result_ += text_[at_++];
      return;
    }
    const std::string means = meaning(raw);
    if (is_key(end + 1)) {
      key_ = means;
      result_ += spelled(disguise_.name(means), quote);
    } else {
      result_ += spelled(disguise_.text(means), quote);
    }
    result_ += quote;
    at_ = end + 1;
  }

  // No string of JSON: what is left of an id is the beginning of it. What is escaped stays escaped, and as readable as it was.
  void broken(std::string_view raw) {
    for (std::size_t at = 0; at < raw.size();) {
      const std::size_t escape = std::min(raw.find('\\', at), raw.size());
      result_ += disguise_.name(raw.substr(at, escape - at));
      const std::string_view rest = raw.substr(escape, 6);
      const std::size_t digits = rest.substr(0, 2) == "\\u" ? 4 : rest.substr(0, 2) == "\\x" ? 2 : 0;
      const std::string_view hex = rest.substr(std::min<std::size_t>(2, rest.size()), digits);
      const bool code = digits > 0 && hex.size() == digits && std::all_of(hex.begin(), hex.end(), is_hex);
      result_ += rest.substr(0, 2);
      if (code) result_ += std::string_view("0078").substr(4 - digits);
      at = std::min(escape + 2 + (code ? digits : 0), raw.size());
    }
  }

  void number() {
    if (const std::size_t time = time_length(text_, at_); time > 0) {
      result_ += text_.substr(at_, time);
      at_ += time;
      return;
    }
    std::size_t end = at_;
    if (const std::string_view prefix = text_.substr(at_, 2); prefix == "0x" || prefix == "0X") {
      for (end += 2; end < text_.size() && is_hex(text_[end]);) ++end;
      if (end > at_ + 2 && (end == text_.size() || !is_word(text_[end]))) {
        const std::string_view digits = text_.substr(at_ + 2, end - at_ - 2);
        result_ += prefix;
        result_ += is_needed(end) ? std::string(digits) : disguise_.name(digits);
        at_ = end;
        return;
      }
      end = at_;
    }
    while (end < text_.size() && (is_digit(text_[end]) || text_[end] == '.' ||
                                  ((text_[end] == 'e' || text_[end] == 'E') && end + 1 < text_.size() && (is_digit(text_[end + 1]) || text_[end + 1] == '-' || text_[end + 1] == '+')) ||
                                  ((text_[end] == '-' || text_[end] == '+') && (text_[end - 1] == 'e' || text_[end - 1] == 'E')))) {
      ++end;
    }
    if (end < text_.size() && is_word(text_[end])) {
      word();
      return;
    }
    const std::string_view spelled = text_.substr(at_, end - at_);
    result_ += is_needed(end) ? std::string(spelled) : disguise_.number(spelled);
    at_ = end;
  }

  void word() {
    std::size_t end = at_;
    while (end < text_.size() && is_word(text_[end]) && blank_length(text_, end) == 0) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    if (is_key(end)) key_ = word;
    result_ += std::find(kWords.begin(), kWords.end(), word) != kWords.end() ? std::string(word) : disguise_.name(word);
    at_ = end;
  }

  const Disguise& disguise_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::string key_;
  std::string result_;
};

}  // namespace

bool looks_like_json(std::string_view text) {
  std::size_t at = 0;
  const auto skip = [&] {
    while (const std::size_t blank = blank_length(text, at)) at += blank;
  };
  skip();
  if (at >= text.size()) return false;
  if (text[at] == '{' || text.substr(at, 2) == "//" || text.substr(at, 2) == "/*") return true;
  if (text[at] != '[') return false;
  ++at;
  skip();
  if (at >= text.size()) return true;
  const std::string_view rest = text.substr(at);
  return rest.front() == '{' || rest.front() == '[' || rest.front() == '"' || rest.front() == ']' || rest.front() == '-' || is_digit(rest.front()) || rest.starts_with("true") ||
         rest.starts_with("false") || rest.starts_with("null");
}

std::string disguise_json(const Disguise& disguise, std::string_view text) { return JsonWalk(disguise, text).run(); }

}  // namespace audit
