#include "auditor/engine/profile.hpp"

#include <algorithm>
#include <cstdlib>

#include "auditor/engine/native_tests.hpp"
#include "auditor/engine/profile_options.hpp"
#include "auditor/model/error.hpp"

namespace audit {

Profile::Profile(WrittenProfile written, const std::map<std::string, std::string>& set, const std::string& directory,
                 const Environment& environment)
    : written_(std::move(written)) {
  apply_options(written_.sources, set, directory, written_.name);
  expand_options(written_.sources, environment);
}

Profile::Profile(std::string_view text, const std::string& file, const std::map<std::string, std::string>& set,
                 const std::string& directory, const Environment& environment)
    : Profile(read_profile(text, file), set, directory, environment) {}

const std::set<std::string>& Profile::sources_of(const std::string& relation) const {
  static const std::set<std::string> kNone;
  const auto found = written_.relation_sources.find(relation);
  return found == written_.relation_sources.end() ? kNone : found->second;
}

std::string Profile::deciding_source(const std::string& source) const {
  std::string first;
  for (const auto& generation : written_.generations) {
    if (generation.always) continue;
    if (generation.source == source) return source;
    if (first.empty()) first = generation.source;
  }
  return first.empty() ? source : first;
}

std::string Profile::generation_of(Store& store) const {
  for (const auto& generation : written_.generations) {
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

// A name that is none of the profile's generations is that of stores of none.
const WrittenGeneration& Profile::of(const std::string& generation) const {
  const auto found = written_.by_generation.find(generation);
  return found == written_.by_generation.end() ? written_.by_generation.at("") : found->second;
}

const std::set<std::string>& Profile::traits(const std::string& generation) const { return of(generation).traits; }

const std::map<std::string, Value>& Profile::params(const std::string& check, const std::string& generation) const {
  static const std::map<std::string, Value> kNone;
  const auto& params = of(generation).params;
  const auto found = params.find(check);
  return found == params.end() ? kNone : found->second;
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

ResolvedStore Profile::resolve(Store& store, const std::string& generation,
                               const std::function<std::vector<std::string>(const std::string&)>& provides) const {
  ResolvedStore resolved;
  resolved.generation = generation;
  if (const auto& refusal = of(generation).refusal; !refusal.empty()) throw Error(ErrorKind::config, refusal);
  for (const auto& [relation, written_relation] : of(generation).relations) {
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
          // Variants of one table lack the same.
          if (!written.optional && missing.find(lack) == std::string::npos) missing += (missing.empty() ? "" : ", ") + lack;
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
