#pragma once
// A JSON file that a person wrote, with the line of everything in it, so that a mistake can be shown where it is.

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace audit {

// Keys and list positions from the root: {"checks", "half-created-session", "severity"}, {"profiles", "0"}.
using JsonPath = std::vector<std::string>;
[[nodiscard]] JsonPath operator/(const JsonPath& path, const std::string& step);

// Every reader throws Error(config) starting with "FILE:LINE: " when what it finds is not what it asks for.
class JsonDocument {
 public:
  // Comments (//, /* */) are allowed. Throws Error(config) for what is not JSON.
  JsonDocument(std::string text, std::string file);
  ~JsonDocument();
  JsonDocument(JsonDocument&&) noexcept;

  [[nodiscard]] const std::string& file() const { return file_; }
  // nullptr when there is nothing at that place.
  [[nodiscard]] const nlohmann::ordered_json* find(const JsonPath& path) const;
  [[nodiscard]] bool has(const JsonPath& path) const { return find(path) != nullptr; }
  // "FILE:LINE" of the key, or of the nearest thing around it that is there.
  [[nodiscard]] std::string where(const JsonPath& path) const;
  [[noreturn]] void fail(const JsonPath& path, const std::string& what, const std::string& hint = {}) const;

  // Of a key that is there twice the first is never used: no person means that.
  void expect_unique_keys() const;
  // An object with no keys but these; a misspelt one gets a suggestion.
  void allow(const JsonPath& path, const std::vector<std::string>& keys) const;
  [[nodiscard]] std::string text(const JsonPath& path) const;
  [[nodiscard]] bool flag(const JsonPath& path) const;
  [[nodiscard]] std::int64_t integer(const JsonPath& path, std::int64_t least, std::int64_t most) const;
  // "10m" in milliseconds.
  [[nodiscard]] std::int64_t duration(const JsonPath& path) const;
  // A list of strings; a single string is a list of one, nothing an empty one.
  [[nodiscard]] std::vector<std::string> texts(const JsonPath& path) const;
  [[nodiscard]] std::vector<std::string> keys(const JsonPath& path) const;  // of an object; nothing: none

 private:
  std::string text_;
  std::string file_;
  std::unique_ptr<nlohmann::ordered_json> root_;
};

}  // namespace audit
