#include "auditor/engine/profile.hpp"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <nlohmann/json.hpp>

#include "auditor/engine/mapping_reader.hpp"
#include "auditor/engine/native_tests.hpp"
#include "auditor/engine/profile_options.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/vocabulary.hpp"
#include "auditor/sys/duration.hpp"

namespace audit {

using Json = nlohmann::ordered_json;

struct Profile::Documents {
  Json sources, relations, traits, params, generations;
  // Relations as they are written for a generation: read once, however many stores there are.
  std::mutex mutex;
  std::map<std::string, std::map<std::string, WrittenRelation>> written;
};

Profile::~Profile() = default;
Profile::Profile(Profile&&) noexcept = default;
Profile& Profile::operator=(Profile&&) noexcept = default;

Profile::Profile(std::string_view text, const std::string& file, const std::map<std::string, std::string>& set,
                 const std::string& directory, const Environment& environment)
    : file_(file), documents_(std::make_unique<Documents>()) {
  const Json json = parse_json_file(text, file);
  const ObjectReader reader(json, file);
  reader.allow({"profile", "title", "prefix", "each", "sources", "generations", "traits", "params", "relations"});
  name_ = reader.text("profile");
  title_ = reader.text("title", name_);
  prefix_ = reader.text("prefix", "");
  each_ = reader.text("each", "");
  const auto member = [&](const char* key, Json otherwise) { return reader.has(key) ? reader.at(key) : otherwise; };
  documents_->sources = reader.at("sources");
  documents_->relations = reader.at("relations");
  documents_->traits = member("traits", Json::array());
  documents_->params = member("params", Json::object());
  documents_->generations = member("generations", Json::array());
  read_sources(set, directory, environment);
  read_generations();
  read_shape();
}

void Profile::read_sources(const std::map<std::string, std::string>& set, const std::string& directory,
                           const Environment& environment) {
  Json& json = documents_->sources;
  if (!json.is_object() || json.empty()) throw Error(ErrorKind::config, file_ + ": \"sources\" must name at least one source");
  apply_options(json, set, directory, name_);
  // "${source.option}" is an option of another source.
  const Environment within = [&](const std::string& name) -> std::optional<std::string> {
    const auto dot = name.find('.');
    const auto source = dot == std::string::npos ? json.end() : json.find(name.substr(0, dot));
    if (source == json.end() || !source->is_object()) return environment(name);
    const auto option = source->find(name.substr(dot + 1));
    if (option == source->end() || !option->is_string()) return std::nullopt;
    return expand_text(option->get<std::string>(), environment);
  };
  for (const auto& [name, options] : json.items()) {
    const ObjectReader reader(options, file_ + ": sources." + name);
    ProfileSource source;
    source.optional = reader.flag("optional", false);
    source.needed_when = reader.text("needed_when", "");
    source.spec = source_spec(options, name_, name, file_, within);
    sources_.push_back(std::move(source));
  }
}

void Profile::read_generations() {
  if (!documents_->generations.is_array()) throw Error(ErrorKind::config, file_ + ": \"generations\" must be a list");
  for (const auto& json : documents_->generations) {
    const std::string where = file_ + ": generations";
    const ObjectReader reader(json, where);
    reader.allow({"name", "when"});
    Generation generation;
    generation.name = reader.text("name");
    if (reader.has("when")) {
      const ObjectReader when(reader.at("when"), where + "." + generation.name + ".when");
      when.allow({"source", "table", "column", "query"});
      generation.always = false;
      generation.source = when.text("source", sources_.front().spec.name);
      generation.table = when.text("table", "");
      generation.column = when.text("column", "");
      generation.query = when.text("query", "");
      if (generation.table.empty() == generation.query.empty()) when.fail("one of table and query is needed");
    }
    generations_.push_back(std::move(generation));
  }
}

namespace {

void check_generation(const std::string& name, const std::vector<std::string>& known, const std::string& where) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  const std::string near = nearest(name, known);
  throw Error(ErrorKind::config, where + ": there is no generation \"" + name + "\"",
              near.empty() ? "" : "did you mean \"" + near + "\"?");
}

// What {"generation": {…}} and "only" name must be generations of the profile.
void check_generations(const Json& json, const std::vector<std::string>& known, const std::string& where) {
  if (!json.is_structured()) return;
  for (const auto& [key, value] : json.items()) {
    if (json.is_object() && json.size() == 1 && key == "generation" && value.is_object()) {
      for (const auto& [name, choice] : value.items()) {
        if (name != "else") check_generation(name, known, where);
      }
    }
    if (json.is_object() && key == "only" && value.is_array()) {
      for (const auto& name : value) {
        if (name.is_string()) check_generation(name.get<std::string>(), known, where);
      }
    }
    check_generations(value, known, where);
  }
}

}  // namespace

// Reads every relation once per generation: whatever is wrong with the file is found when it is loaded, not when a store is met that needs it.
void Profile::read_shape() {
  if (!documents_->relations.is_object()) throw Error(ErrorKind::config, file_ + ": \"relations\" must be an object");
  std::vector<std::string> names = {""};
  if (!generations_.empty()) names.clear();
  for (const auto& generation : generations_) names.push_back(generation.name);
  check_generations(documents_->traits, names, file_ + ": traits");
  check_generations(documents_->params, names, file_ + ": params");
  for (const auto& [relation, json] : documents_->relations.items()) {
    const std::string where = file_ + ": relations." + relation;
    check_generations(json, names, where);
    if (Vocabulary::canonical().find(relation) == nullptr && (prefix_.empty() || !relation.starts_with(prefix_ + "_"))) {
      std::vector<std::string> known;
      for (const auto& canonical : Vocabulary::canonical().relations()) known.push_back(canonical.name);
      const std::string near = nearest(relation, known);
      throw Error(ErrorKind::config, where + ": there is no such relation",
                  !near.empty() ? "did you mean \"" + near + "\"?" : "relations of a profile's own are named <prefix>_<noun>");
    }
    for (const auto& generation : names) {
      const Json chosen = for_generation(json, generation);
      if (chosen.is_discarded()) continue;
      for (const auto& variants : read_relation(chosen, relation, sources_.front().spec.name, where)) {
        for (const auto& written : variants) {
          if (std::none_of(sources_.begin(), sources_.end(),
                           [&](const ProfileSource& source) { return source.spec.name == written.part.source; })) {
            throw Error(ErrorKind::config, where + ": there is no source \"" + written.part.source + "\"");
          }
          relation_sources_[relation].insert(written.part.source);
          for (const auto& [column, map] : written.part.columns) shape_[relation].insert(column);
          shape_[relation];
        }
      }
    }
  }
}

std::set<std::string> Profile::sources_of(const std::string& relation) const {
  const auto found = relation_sources_.find(relation);
  return found == relation_sources_.end() ? std::set<std::string>() : found->second;
}

std::string Profile::deciding_source(const std::string& source) const {
  std::string first;
  for (const auto& generation : generations_) {
    if (generation.always) continue;
    if (generation.source == source) return source;
    if (first.empty()) first = generation.source;
  }
  return first.empty() ? source : first;
}

std::string Profile::generation_of(Store& store) const {
  for (const auto& generation : generations_) {
    if (generation.always) return generation.name;
    if (generation.source != store.info().source) continue;
    if (!generation.table.empty()) {
      if (store.has(generation.table, generation.column)) return generation.name;
      continue;
    }
    const Value value = store.probe(generation.query);
    const std::string text = to_text(value);
    if (!text.empty() && text != "0") return generation.name;
  }
  return {};
}

std::set<std::string> Profile::traits(const std::string& generation) const {
  const Json chosen = for_generation(documents_->traits, generation);
  std::set<std::string> traits;
  for (const auto& trait : chosen) {
    if (!trait.is_string()) throw Error(ErrorKind::config, file_ + ": traits must be strings");
    traits.insert(trait.get<std::string>());
  }
  return traits;
}

std::map<std::string, Value> Profile::params(const std::string& check, const std::string& generation) const {
  std::map<std::string, Value> params;
  const Json chosen = for_generation(documents_->params, generation);
  if (!chosen.is_object() || !chosen.contains(check)) return params;
  for (const auto& [name, json] : chosen.at(check).items()) {
    Value value = json_value(json, file_ + ": params." + check + "." + name);
    if (const auto* text = std::get_if<std::string>(&value)) {
      if (const auto duration = parse_duration(*text)) value = *duration;
    }
    params[name] = value;
  }
  return params;
}

namespace {

// What the store lacks for this part; "" when it has everything.
std::string lacking(Store& store, const RelationPart& part) {
  if (!store.has(part.table, "")) return "table " + part.table;
  const auto lacks = [&](const std::string& column) { return !column.empty() && !store.has(part.table, column); };
  for (const auto& column : part.key) {
    if (lacks(column)) return "column " + part.table + "." + column;
  }
  if (lacks(part.scope)) return "column " + part.table + "." + part.scope;
  for (const auto& [name, map] : part.columns) {
    if (lacks(map.from)) return "column " + part.table + "." + map.from;
  }
  return {};
}

void add_provided(RelationPart& part, const std::vector<std::string>& provided) {
  for (const auto& column : provided) {
    if (column == "source" || column == "scope" || column == "defect" || part.column(column) != nullptr) continue;
    ColumnMap map;
    map.from = column;
    part.columns.emplace_back(column, std::move(map));
  }
}

// Every part gets the columns of all, so that they can be read as one.
void level(RelationMapping& mapping) {
  std::set<std::string> names;
  for (const auto& part : mapping.parts) {
    for (const auto& [name, map] : part.columns) names.insert(name);
  }
  for (auto& part : mapping.parts) {
    for (const auto& name : names) {
      // What a part does not map of these comes from its source, its own scope and its columns.
      if (part.column(name) != nullptr || name == "source" || name == "scope" || name == "defect") continue;
      ColumnMap nothing;
      nothing.value = Value{};
      part.columns.emplace_back(name, std::move(nothing));
    }
    std::sort(part.columns.begin(), part.columns.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  }
}

}  // namespace

const std::map<std::string, WrittenRelation>& Profile::written(const std::string& generation) const {
  const std::lock_guard lock(documents_->mutex);
  const auto [known, is_new] = documents_->written.try_emplace(generation);
  if (!is_new) return known->second;
  for (const auto& [relation, json] : documents_->relations.items()) {
    const Json chosen = for_generation(json, generation);
    if (!chosen.is_discarded()) known->second.emplace(relation, read_relation(chosen, relation, sources_.front().spec.name, file_));
  }
  return known->second;
}

ResolvedStore Profile::resolve(Store& store, const std::string& generation,
                               const std::function<std::vector<std::string>(const std::string&)>& provides) const {
  ResolvedStore resolved;
  resolved.generation = generation;
  for (const auto& [relation, written_relation] : written(generation)) {
    RelationMapping mapping{relation, {}};
    for (const auto& variants : written_relation) {
      std::string missing;
      for (const auto& written : variants) {
        if (written.part.source != store.info().source) break;
        const auto& only = written.only;
        if (!only.empty() && std::find(only.begin(), only.end(), generation) == only.end()) continue;
        const auto provided = provides(written.part.table);
        const std::string lack = provided.empty() ? lacking(store, written.part) : std::string();
        if (!lack.empty()) {
          if (!written.optional) missing += (missing.empty() ? "" : ", ") + lack;
          continue;
        }
        missing.clear();
        RelationPart part = written.part;
        add_provided(part, provided);
        part.scope_value = store.info().scope;
        mapping.parts.push_back(std::move(part));
        break;
      }
      if (!missing.empty()) resolved.missing[relation] = missing;
    }
    if (mapping.parts.empty() || resolved.missing.contains(relation)) continue;
    add_native_columns(mapping);
    level(mapping);
    resolved.relations[relation] = std::move(mapping);
  }
  return resolved;
}

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

}  // namespace audit
