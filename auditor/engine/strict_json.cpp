#include "auditor/engine/strict_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "auditor/model/error.hpp"

namespace audit {

using Json = nlohmann::ordered_json;

namespace {

std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

Json parse_json_file(std::string_view text, const std::string& file, int first_line) {
  try {
    return Json::parse(text, nullptr, true, true);
  } catch (const Json::parse_error& error) {
    const auto end = std::min(error.byte, text.size());
    const auto line = first_line + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    std::string what = error.what();
    const auto detail = what.find(": ", what.find("column"));
    throw Error(ErrorKind::config, file + ":" + std::to_string(line) + ": not valid JSON: " +
                                       (detail == std::string::npos ? what : what.substr(detail + 2)));
  }
}

ObjectReader::ObjectReader(const Json& object, std::string where) : object_(object), where_(std::move(where)) {
  if (!object.is_object()) fail("must be an object");
}

void ObjectReader::fail(const std::string& what, const std::string& hint) const {
  throw Error(ErrorKind::config, where_ + ": " + what, hint);
}

void ObjectReader::allow(const std::vector<std::string>& allowed) const {
  for (const auto& [key, value] : object_.items()) {
    if (std::find(allowed.begin(), allowed.end(), key) != allowed.end()) continue;
    const std::string near = nearest(key, allowed);
    fail("unknown key \"" + key + "\"", near.empty() ? "" : "did you mean \"" + near + "\"?");
  }
}

bool ObjectReader::has(const std::string& key) const { return object_.contains(key); }

const Json& ObjectReader::at(const std::string& key) const {
  const auto found = object_.find(key);
  if (found == object_.end()) fail("\"" + key + "\" is missing");
  return *found;
}

std::string ObjectReader::text(const std::string& key) const {
  const Json& value = at(key);
  if (!value.is_string()) fail("\"" + key + "\" must be a string");
  return value.get<std::string>();
}

std::string ObjectReader::text(const std::string& key, const std::string& otherwise) const {
  return has(key) ? text(key) : otherwise;
}

bool ObjectReader::flag(const std::string& key, bool otherwise) const {
  if (!has(key)) return otherwise;
  if (!at(key).is_boolean()) fail("\"" + key + "\" must be true or false");
  return at(key).get<bool>();
}

std::vector<std::string> ObjectReader::texts(const std::string& key) const {
  if (!has(key)) return {};
  const Json& value = at(key);
  if (value.is_string()) return {value.get<std::string>()};
  if (!value.is_array()) fail("\"" + key + "\" must be a list of strings");
  std::vector<std::string> texts;
  for (const auto& item : value) {
    if (!item.is_string()) fail("\"" + key + "\" must be a list of strings");
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

Value json_value(const Json& json, const std::string& where) {
  if (json.is_null()) return {};
  if (json.is_boolean()) return static_cast<std::int64_t>(json.get<bool>());
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  throw Error(ErrorKind::config, where + ": must be a string, a number, true, false or null");
}

std::string nearest(const std::string& word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    const std::size_t d = distance(word, candidate);
    if (d < best_distance) {
      best_distance = d;
      best = candidate;
    }
  }
  return best;
}

}  // namespace audit
