#pragma once
// Strict reading of JSON files that people write: unknown keys and wrong types are errors that say where.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/value.hpp"

namespace audit {

// Keeps the order of keys. `//` and `/* */` comments are allowed. Throws Error(config) naming `file` and the line, counted from `first_line`.
[[nodiscard]] nlohmann::ordered_json parse_json_file(std::string_view text, const std::string& file, int first_line = 1);

// Reads one JSON object key by key. Every accessor throws Error(config) with `where` in front when the type is wrong.
class ObjectReader {
 public:
  // `object` must outlive the reader.
  ObjectReader(const nlohmann::ordered_json& object, std::string where);

  // Throws for a key that is not in `allowed`, with a suggestion.
  void allow(const std::vector<std::string>& allowed) const;
  [[nodiscard]] bool has(const std::string& key) const;
  [[nodiscard]] std::string text(const std::string& key) const;  // required
  [[nodiscard]] std::string text(const std::string& key, const std::string& otherwise) const;
  [[nodiscard]] bool flag(const std::string& key, bool otherwise) const;
  [[nodiscard]] std::vector<std::string> texts(const std::string& key) const;  // missing: empty; a single string: a list of one
  [[nodiscard]] const nlohmann::ordered_json& at(const std::string& key) const;
  [[noreturn]] void fail(const std::string& what, const std::string& hint = {}) const;

 private:
  const nlohmann::ordered_json& object_;
  std::string where_;
};

// NULL, number, flag (0 or 1) or string. Throws Error(config) for an object or list.
[[nodiscard]] Value json_value(const nlohmann::ordered_json& json, const std::string& where);

// The candidate nearest to `word` by edit distance, "" when none is near.
[[nodiscard]] std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace audit
