#include "auditor/engine/json_document.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <span>

#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/duration.hpp"

namespace audit {

using Json = nlohmann::ordered_json;

namespace {

// Walks over the text of a valid document and counts lines.
class LineFinder {
 public:
  explicit LineFinder(std::string_view text) : text_(text) {}

  // Line of what `path` names; of the last step that is there, when it is not.
  int find(std::span<const std::string> path) {
    blank();
    if (path.empty()) return line_;
    const bool object = peek() == '{';
    if (!object && peek() != '[') return line_;
    const int opened = line_;
    next();
    for (std::size_t index = 0;; ++index) {
      blank();
      if (peek() == '}' || peek() == ']' || at_ >= text_.size()) return opened;
      const int here = line_;
      std::string name = std::to_string(index);
      if (object) {
        name = string();
        blank();
        next();  // ':'
      }
      if (name == path.front()) return path.size() == 1 ? here : find(path.subspan(1));
      skip();
      blank();
      if (peek() == ',') next();
    }
  }

  // Calls `found(name, line, line before)` for every key that its object has already.
  template <typename Found>
  void repeated_keys(Found found) {
    std::vector<std::map<std::string, int>> open;
    for (blank(); at_ < text_.size(); blank()) {
      const char c = peek();
      const int here = line_;
      if (c == '"') {
        const std::string name = string();
        blank();
        if (peek() != ':' || open.empty()) continue;
        const auto [before, added] = open.back().emplace(name, here);
        if (!added) found(name, here, before->second);
        continue;
      }
      if (c == '{' || c == '[') open.emplace_back();
      if ((c == '}' || c == ']') && !open.empty()) open.pop_back();
      next();
    }
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void next() {
    if (peek() == '\n') ++line_;
    ++at_;
  }
  void blank() {
    while (at_ < text_.size()) {
      if (text_.substr(at_, 2) == "//") {
        while (at_ < text_.size() && peek() != '\n') next();
      } else if (text_.substr(at_, 2) == "/*") {
        while (at_ < text_.size() && text_.substr(at_, 2) != "*/") next();
        next();
        next();
      } else if (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
        next();
      } else {
        return;
      }
    }
  }
  std::string string() {
    std::string value;
    for (next(); at_ < text_.size() && peek() != '"'; next()) {
      if (peek() == '\\') {
        value += '\\';
        next();
      }
      value += peek();
    }
    next();
    return value;
  }
  // Over one value.
  void skip() {
    int depth = 0;
    do {
      blank();
      const char c = peek();
      if (c == '"') {
        string();
      } else {
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        next();
        if (depth == 0 && c != '}' && c != ']') {
          while (at_ < text_.size() && std::string_view(",]} \t\r\n/").find(peek()) == std::string_view::npos) next();
        }
      }
    } while (depth > 0 && at_ < text_.size());
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

JsonPath operator/(const JsonPath& path, const std::string& step) {
  JsonPath longer = path;
  longer.push_back(step);
  return longer;
}

JsonDocument::JsonDocument(std::string text, std::string file)
    : text_(std::move(text)), file_(std::move(file)), root_(std::make_unique<Json>(parse_json_file(text_, file_))) {}
JsonDocument::~JsonDocument() = default;
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;

const Json* JsonDocument::find(const JsonPath& path) const {
  const Json* here = root_.get();
  for (const std::string& step : path) {
    if (here->is_object()) {
      const auto found = here->find(step);
      if (found == here->end()) return nullptr;
      here = &*found;
    } else if (here->is_array()) {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
      if (error != std::errc() || end != step.data() + step.size() || index >= here->size()) return nullptr;
      here = &(*here)[index];
    } else {
      return nullptr;
    }
  }
  return here;
}

std::string JsonDocument::where(const JsonPath& path) const {
  return file_ + ":" + std::to_string(LineFinder(text_).find(path));
}

void JsonDocument::fail(const JsonPath& path, const std::string& what, const std::string& hint) const {
  throw Error(ErrorKind::config, where(path) + ": " + what, hint);
}

void JsonDocument::expect_unique_keys() const {
  LineFinder(text_).repeated_keys([&](const std::string& name, int line, int before) {
    throw Error(ErrorKind::config, file_ + ":" + std::to_string(line) + ": \"" + name + "\" is there twice, first in line " +
                                       std::to_string(before));
  });
}

void JsonDocument::allow(const JsonPath& path, const std::vector<std::string>& keys) const {
  const std::string name = path.empty() ? "the file" : "\"" + path.back() + "\"";
  const Json* object = find(path);
  if (object == nullptr || !object->is_object()) fail(path, name + " must be an object");
  for (const auto& [key, value] : object->items()) {
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    const std::string near = nearest(key, keys);
    fail(path / key, "unknown key \"" + key + "\"", near.empty() ? "" : "did you mean \"" + near + "\"?");
  }
}

std::string JsonDocument::text(const JsonPath& path) const {
  const Json* value = find(path);
  if (value == nullptr) fail(path, "\"" + path.back() + "\" is missing");
  if (!value->is_string()) fail(path, "\"" + path.back() + "\" must be a string");
  return value->get<std::string>();
}

bool JsonDocument::flag(const JsonPath& path) const {
  const Json* value = find(path);
  if (value == nullptr || !value->is_boolean()) fail(path, "\"" + path.back() + "\" must be true or false");
  return value->get<bool>();
}

std::int64_t JsonDocument::integer(const JsonPath& path, std::int64_t least, std::int64_t most) const {
  const Json* value = find(path);
  if (value == nullptr || !value->is_number_integer() || *value < least || *value > most) {
    fail(path, "\"" + path.back() + "\" must be a whole number from " + std::to_string(least) + " to " +
                   std::to_string(most));
  }
  return value->get<std::int64_t>();
}

std::int64_t JsonDocument::duration(const JsonPath& path) const {
  const auto span = parse_duration(text(path));
  if (!span)
    fail(path, "\"" + path.back() + "\": '" + text(path) + "' is not a duration", "write it as 10m, 1h30m or 500ms");
  return *span;
}

std::vector<std::string> JsonDocument::texts(const JsonPath& path) const {
  const Json* value = find(path);
  if (value == nullptr) return {};
  if (value->is_string()) return {value->get<std::string>()};
  if (!value->is_array()) fail(path, "\"" + path.back() + "\" must be a list of strings");
  std::vector<std::string> list;
  for (const Json& item : *value) {
    if (!item.is_string())
      fail(path / std::to_string(list.size()), "\"" + path.back() + "\" must be a list of strings");
    list.push_back(item.get<std::string>());
  }
  return list;
}

std::vector<std::string> JsonDocument::keys(const JsonPath& path) const {
  const Json* value = find(path);
  if (value == nullptr) return {};
  if (!value->is_object()) fail(path, "\"" + path.back() + "\" must be an object");
  std::vector<std::string> names;
  for (const auto& [key, inner] : value->items()) names.push_back(key);
  return names;
}

}  // namespace audit
