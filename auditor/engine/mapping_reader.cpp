#include "auditor/engine/mapping_reader.hpp"

#include <nlohmann/json.hpp>

#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"

namespace audit {

using Json = nlohmann::ordered_json;

namespace {

TimeForm time_form(const std::string& text, const ObjectReader& reader) {
  static const std::vector<std::pair<std::string, TimeForm>> kForms = {
      {"rfc3339", TimeForm::rfc3339},   {"iso8601", TimeForm::iso8601},   {"epoch_s", TimeForm::epoch_s},
      {"epoch_ms", TimeForm::epoch_ms}, {"epoch_us", TimeForm::epoch_us}, {"epoch_ns", TimeForm::epoch_ns},
      {"timestamp", TimeForm::timestamp}};
  std::vector<std::string> names;
  for (const auto& [name, form] : kForms) {
    if (name == text) return form;
    names.push_back(name);
  }
  const std::string near = nearest(text, names);
  reader.fail("\"as\": \"" + text + "\" is no form of time", near.empty() ? "" : "did you mean \"" + near + "\"?");
}

std::vector<std::pair<Value, Value>> read_map(const Json& json, const std::string& where) {
  if (!json.is_object()) throw Error(ErrorKind::config, where + ": must be an object");
  std::vector<std::pair<Value, Value>> map;
  for (const auto& [key, value] : json.items()) map.emplace_back(key, json_value(value, where + "." + key));
  return map;
}

ColumnMap read_column(const Json& json, const std::string& where) {
  ColumnMap map;
  if (json.is_string()) {
    map.from = json.get<std::string>();
    map.writable_as_is = true;
    return map;
  }
  const ObjectReader reader(json, where);
  reader.allow({"from", "expr", "value", "map", "else", "null", "as", "write"});
  map.from = reader.text("from", "");
  map.expr = reader.text("expr", "");
  if (reader.has("value")) map.value = json_value(reader.at("value"), where + ".value");
  if (map.from.empty() && map.expr.empty() && !map.value.has_value()) reader.fail("one of from, expr, value is needed");
  if (map.value.has_value() && (!map.from.empty() || !map.expr.empty())) reader.fail("a constant has neither from nor expr");
  if (reader.has("map")) {
    map.mapped = true;
    map.map = read_map(reader.at("map"), where + ".map");
    map.otherwise = reader.has("else") ? json_value(reader.at("else"), where + ".else") : Value(std::string("unknown"));
  } else if (reader.has("else")) {
    reader.fail("\"else\" belongs to \"map\"");
  }
  if (reader.has("null")) {
    if (!reader.at("null").is_array()) reader.fail("\"null\" must be a list of values");
    for (const auto& value : reader.at("null")) map.null_values.push_back(json_value(value, where + ".null"));
  }
  if (reader.has("as")) map.time = time_form(reader.text("as"), reader);
  if (reader.has("write")) map.write = read_map(reader.at("write"), where + ".write");
  map.writable_as_is = !map.from.empty() && map.expr.empty() && !map.mapped;
  return map;
}

std::vector<Dependent> read_dependents(const Json& json, const std::string& where) {
  if (!json.is_array()) throw Error(ErrorKind::config, where + ": must be a list");
  std::vector<Dependent> dependents;
  for (const auto& item : json) {
    const ObjectReader reader(item, where);
    reader.allow({"table", "column"});
    dependents.push_back({reader.text("table"), reader.text("column")});
  }
  return dependents;
}

WrittenPart read_part(const Json& json, const std::string& name, const std::string& default_source,
                      const std::string& where) {
  const ObjectReader reader(json, where);
  reader.allow({"source", "table", "key", "where", "columns", "scope", "only", "optional", "dependents", "insert", "options"});
  WrittenPart written;
  RelationPart& part = written.part;
  part.source = reader.text("source", default_source);
  part.table = reader.text("table", name);
  part.key = reader.texts("key");
  part.where = reader.text("where", "");
  part.scope = reader.text("scope", "");
  written.only = reader.texts("only");
  written.optional = reader.flag("optional", false);
  if (reader.has("columns")) {
    if (!reader.at("columns").is_object()) reader.fail("\"columns\" must be an object");
    for (const auto& [column, value] : reader.at("columns").items()) {
      part.columns.emplace_back(column, read_column(value, where + ".columns." + column));
    }
  }
  if (reader.has("dependents")) part.dependents = read_dependents(reader.at("dependents"), where + ".dependents");
  if (reader.has("insert")) {
    if (!reader.at("insert").is_object()) reader.fail("\"insert\" must be an object");
    for (const auto& [column, value] : reader.at("insert").items()) {
      part.insert.emplace_back(column, json_value(value, where + ".insert." + column));
    }
  }
  if (reader.has("options")) {
    if (!reader.at("options").is_object()) reader.fail("\"options\" must be an object");
    part.options = reader.at("options").dump();
  }
  return written;
}

bool is_generation_switch(const Json& json) {
  return json.is_object() && json.size() == 1 && json.contains("generation") && json.at("generation").is_object();
}

}  // namespace

Json for_generation(const Json& json, const std::string& generation) {
  if (is_generation_switch(json)) {
    const Json& choices = json.at("generation");
    if (choices.contains(generation)) return for_generation(choices.at(generation), generation);
    if (choices.contains("else")) return for_generation(choices.at("else"), generation);
    return Json(Json::value_t::discarded);
  }
  if (!json.is_structured()) return json;
  Json result = json.is_object() ? Json::object() : Json::array();
  for (const auto& [key, value] : json.items()) {
    Json chosen = for_generation(value, generation);
    if (chosen.is_discarded()) continue;
    if (json.is_object()) {
      result[key] = std::move(chosen);
    } else {
      result.push_back(std::move(chosen));
    }
  }
  return result;
}

WrittenRelation read_relation(const Json& json, const std::string& name, const std::string& default_source,
                              const std::string& where) {
  WrittenRelation relation;
  const auto alternatives = [&](const Json& part) {
    std::vector<WrittenPart> variants;
    if (part.is_object() && part.contains("variants")) {
      const ObjectReader reader(part, where);
      reader.allow({"variants"});
      if (!part.at("variants").is_array() || part.at("variants").empty()) reader.fail("\"variants\" must be a list of mappings");
      for (const auto& variant : part.at("variants")) variants.push_back(read_part(variant, name, default_source, where));
    } else {
      variants.push_back(read_part(part, name, default_source, where));
    }
    relation.push_back(std::move(variants));
  };
  if (json.is_array()) {
    for (const auto& part : json) alternatives(part);
  } else {
    alternatives(json);
  }
  return relation;
}

}  // namespace audit
