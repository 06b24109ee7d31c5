#include "auditor/cli/record_words.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "auditor/engine/strict_json.hpp"
#include "auditor/model/vocabulary.hpp"
#include "auditor/sys/recorded_value.hpp"

namespace audit {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::array<const char*, 4> kPlaces{"path", "url", "socket", "snapshot"};

void know_json(Disguise& disguise, const Json& json) {
  if (json.is_string()) {
    disguise.know(json.get<std::string>());
  } else if (json.is_object()) {
    for (const auto& [key, value] : json.items()) {
      if (key == "title") continue;
      disguise.know(key);
      know_json(disguise, value);
    }
  } else if (json.is_array()) {
    for (const Json& item : json) know_json(disguise, item);
  }
}

void know_place(Disguise& disguise, const std::string& place) {
  const std::string name = place.substr(place.rfind('/') + 1);
  if (name.find("}") == std::string::npos && name.find(":") == std::string::npos) disguise.know(name);
}

void know_value(Disguise& disguise, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) disguise.know(*text);
}

std::string small(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

// Every word of an SQL expression; most are no columns, and name none then.
void add_words(RecordOrder::Columns& columns, const std::string& table, const std::string& sql) {
  std::string word;
  for (std::size_t i = 0; i <= sql.size(); ++i) {
    const char c = i < sql.size() ? sql[i] : ' ';
    if ((std::isalnum(static_cast<unsigned char>(c)) != 0) || c == '_') {
      word += c;
    } else if (!word.empty()) {
      columns.emplace(table, small(word));
      word.clear();
    }
  }
}

void describe_part(RecordOrder& order, const std::string& relation, const RelationPart& part, const std::set<std::string>& paths) {
  const std::string table = small(part.table);
  const VocabularyRelation* known = Vocabulary::canonical().find(relation);
  for (const std::string& column : part.key) order.read.emplace(table, small(column));
  if (!part.scope.empty()) order.read.emplace(table, small(part.scope));
  add_words(order.read, table, part.where);
  for (const auto& [name, map] : part.columns) {
    const VocabularyColumn* meaning = known == nullptr ? nullptr : known->column(name);
    const std::pair<std::string, std::string> native{table, small(map.from)};
    if (meaning != nullptr && meaning->sensitive && !map.from.empty()) {
      order.prose.insert(native);
      continue;
    }
    if (!map.from.empty()) order.read.insert(native);
    if (map.time != TimeForm::none) order.times.insert(native);
    if (paths.contains(relation + "." + name)) order.paths.insert(native);
    add_words(order.read, table, map.expr);
  }
  for (const Dependent& dependent : part.dependents) order.read.emplace(small(dependent.table), small(dependent.column));
}

}  // namespace

void know_profile(Disguise& disguise, std::string_view text, const std::string& file, const Catalog& catalog) {
  Json profile = parse_json_file(text, file);
  if (profile.contains("sources")) {
    for (auto& [name, source] : profile["sources"].items()) {
      if (!source.is_object()) continue;
      for (const char* option : kPlaces) {
        if (source.contains(option) && source[option].is_string()) know_place(disguise, source[option].get<std::string>());
        source.erase(option);
      }
    }
  }
  know_json(disguise, profile);
  for (const Check& check : catalog.checks()) {
    for (const std::string& word : sql_strings(check.sql)) disguise.know(word);
    for (const auto& [name, value] : check.params) know_value(disguise, value);
    for (const RepairTemplate& repair : check.repairs) {
      for (const ChangeTemplate& change : repair.changes) {
        for (const auto& [column, term] : change.set) know_value(disguise, term.literal);
      }
    }
  }
  // What adapters take for granted where a profile says nothing.
  for (const char* word : {"UTC", "GMT", "json", "jsonl", "sqlite", "db", "tmp", "lock", "type", "session", "message", "id", "parentId", "timestamp", "role", "user", "assistant", "system",
                           "content", "text", "cwd", "pid"}) {
    disguise.know(word);
  }
}

void describe_columns(RecordOrder& order, const std::set<std::string>& paths) {
  for (const auto& [name, relation] : *order.relations) {
    for (const RelationPart& part : relation.parts) describe_part(order, name, part, paths);
  }
}

}  // namespace audit
