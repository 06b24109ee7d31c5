#pragma once
// JSON written straight into a string: no document in between. What comes out is always valid UTF-8 and free of control
// characters: bytes that are not UTF-8 become U+FFFD, and characters that a terminal would obey or that turn the
// direction of text are spelled as \u escapes.

#include <cstdint>
#include <string>
#include <string_view>

namespace audit {

// Puts the commas itself. Appends to `out`, which must outlive it.
class JsonText {
 public:
  explicit JsonText(std::string& out) : out_(out) {}

  JsonText& open(char bracket) { return separate(), put(bracket); }
  JsonText& close(char bracket) { return put(bracket); }
  JsonText& key(std::string_view name);
  JsonText& text(std::string_view value);
  JsonText& integer(std::int64_t value);
  JsonText& real(double value);  // what is not finite becomes null
  JsonText& flag(bool value);
  JsonText& null();

  // A member of the open object.
  JsonText& member(std::string_view name, std::string_view value) { return key(name).text(value); }
  JsonText& member(std::string_view name, std::int64_t value) { return key(name).integer(value); }

 private:
  JsonText& put(char c) {
    out_ += c;
    return *this;
  }
  void separate() {
    if (out_.empty()) return;
    const char last = out_.back();
    if (last != '{' && last != '[' && last != ':' && last != ' ' && last != '\n') out_ += ',';
  }
  void append_string(std::string_view value);

  std::string& out_;
};

}  // namespace audit
