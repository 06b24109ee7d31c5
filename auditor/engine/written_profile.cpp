#include "auditor/engine/written_profile.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "auditor/engine/profile_options.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/vocabulary.hpp"
#include "auditor/sys/duration.hpp"

namespace audit {

using Json = nlohmann::ordered_json;

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

class ProfileReader {
 public:
  ProfileReader(std::string_view text, const std::string& file) : json_(parse_json_file(text, file)) {
    const ObjectReader reader(json_, file);
    reader.allow({"profile", "title", "prefix", "each", "sources", "generations", "traits", "params", "relations"});
    profile_.file = file;
    profile_.name = reader.text("profile");
    profile_.title = reader.text("title", profile_.name);
    profile_.prefix = reader.text("prefix", "");
    profile_.each = reader.text("each", "");
    sources_ = reader.at("sources");
    relations_ = reader.at("relations");
    if (reader.has("traits")) traits_ = reader.at("traits");
    if (reader.has("params")) params_ = reader.at("params");
    if (reader.has("generations")) generations_ = reader.at("generations");
  }

  WrittenProfile read() {
    read_sources();
    read_generations();
    if (!relations_.is_object()) fail(": \"relations\" must be an object");
    std::vector<std::string> names = {""};
    if (!profile_.generations.empty()) names.clear();
    for (const auto& generation : profile_.generations) names.push_back(generation.name);
    check_generations(traits_, names, profile_.file + ": traits");
    check_generations(params_, names, profile_.file + ": params");
    for (const auto& [relation, json] : relations_.items()) check_relation(relation, json, names);
    for (const auto& name : names) {
      const WrittenGeneration& generation = profile_.by_generation[name] = read_generation(name);
      for (const auto& [relation, written] : generation.relations) add_to_shape(relation, written);
    }
    if (!profile_.by_generation.contains("")) profile_.by_generation[""] = read_none();
    return std::move(profile_);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { throw Error(ErrorKind::config, profile_.file + what); }
  [[nodiscard]] std::string where(const std::string& relation) const { return profile_.file + ": relations." + relation; }

  void read_sources() {
    if (!sources_.is_object() || sources_.empty()) fail(": \"sources\" must name at least one source");
    for (const auto& [name, options] : sources_.items()) {
      const ObjectReader reader(options, profile_.file + ": sources." + name);
      ProfileSource source;
      source.optional = reader.flag("optional", false);
      source.needed_when = reader.text("needed_when", "");
      source.spec = source_spec(options, profile_.name, name, profile_.file);
      profile_.sources.push_back(std::move(source));
    }
  }

  void read_generations() {
    if (!generations_.is_array()) fail(": \"generations\" must be a list");
    for (const auto& json : generations_) {
      const std::string place = profile_.file + ": generations";
      const ObjectReader reader(json, place);
      reader.allow({"name", "when"});
      Generation generation;
      generation.name = reader.text("name");
      if (reader.has("when")) {
        const ObjectReader when(reader.at("when"), place + "." + generation.name + ".when");
        when.allow({"source", "table", "column", "query"});
        generation.always = false;
        generation.source = when.text("source", profile_.sources.front().spec.name);
        generation.table = when.text("table", "");
        generation.column = when.text("column", "");
        generation.query = when.text("query", "");
        if (generation.table.empty() == generation.query.empty()) when.fail("one of table and query is needed");
      }
      profile_.generations.push_back(std::move(generation));
    }
  }

  void check_relation(const std::string& relation, const Json& json, const std::vector<std::string>& generations) const {
    check_generations(json, generations, where(relation));
    const auto& prefix = profile_.prefix;
    if (Vocabulary::canonical().find(relation) != nullptr || (!prefix.empty() && relation.starts_with(prefix + "_"))) return;
    std::vector<std::string> known;
    for (const auto& canonical : Vocabulary::canonical().relations()) known.push_back(canonical.name);
    const std::string near = nearest(relation, known);
    throw Error(ErrorKind::config, where(relation) + ": there is no such relation",
                !near.empty() ? "did you mean \"" + near + "\"?" : "relations of a profile's own are named <prefix>_<noun>");
  }

  // What is said of all generations and of "else" is for stores of none; of relations that may be nothing sensible.
  [[nodiscard]] WrittenGeneration read_none() const {
    WrittenGeneration none = read_settings("");
    try {
      none.relations = read_relations("");
    } catch (const Error& error) {
      none.refusal = std::string("a store is of no generation of the profile: ") + error.what();
    }
    return none;
  }

  [[nodiscard]] WrittenGeneration read_generation(const std::string& name) const {
    WrittenGeneration generation = read_settings(name);
    generation.relations = read_relations(name);
    return generation;
  }

  [[nodiscard]] WrittenGeneration read_settings(const std::string& name) const {
    WrittenGeneration generation;
    for (const auto& trait : for_generation(traits_, name)) {
      if (!trait.is_string()) fail(": traits must be strings");
      generation.traits.insert(trait.get<std::string>());
    }
    generation.params = read_params(for_generation(params_, name));
    return generation;
  }

  [[nodiscard]] std::map<std::string, WrittenRelation> read_relations(const std::string& name) const {
    std::map<std::string, WrittenRelation> relations;
    for (const auto& [relation, json] : relations_.items()) {
      const Json chosen = for_generation(json, name);
      if (chosen.is_discarded()) continue;
      relations.emplace(relation, read_relation(chosen, relation, profile_.sources.front().spec.name, where(relation)));
    }
    return relations;
  }

  [[nodiscard]] std::map<std::string, std::map<std::string, Value>> read_params(const Json& chosen) const {
    std::map<std::string, std::map<std::string, Value>> params;
    if (!chosen.is_object()) return params;
    for (const auto& [check, values] : chosen.items()) {
      const std::string place = profile_.file + ": params." + check;
      if (!values.is_object()) throw Error(ErrorKind::config, place + ": must be an object");
      for (const auto& [name, json] : values.items()) {
        Value value = json_value(json, place + "." + name);
        if (const auto* text = std::get_if<std::string>(&value)) {
          if (const auto duration = parse_duration(*text)) value = *duration;
        }
        params[check][name] = std::move(value);
      }
    }
    return params;
  }

  void add_to_shape(const std::string& relation, const WrittenRelation& written) {
    for (const auto& variants : written) {
      for (const auto& variant : variants) {
        const auto& sources = profile_.sources;
        if (std::none_of(sources.begin(), sources.end(),
                         [&](const ProfileSource& source) { return source.spec.name == variant.part.source; })) {
          throw Error(ErrorKind::config, where(relation) + ": there is no source \"" + variant.part.source + "\"");
        }
        profile_.relation_sources[relation].insert(variant.part.source);
        for (const auto& [column, map] : variant.part.columns) profile_.shape[relation].insert(column);
        profile_.shape[relation];
      }
    }
  }

  Json json_;
  Json sources_, relations_;
  Json traits_ = Json::array();
  Json params_ = Json::object();
  Json generations_ = Json::array();
  WrittenProfile profile_;
};

}  // namespace

WrittenProfile read_profile(std::string_view text, const std::string& file) { return ProfileReader(text, file).read(); }

}  // namespace audit
