#pragma once
// A profile as it is written: read and checked, before anything of this machine (--set, the environment, a store) comes in.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/engine/mapping_reader.hpp"
#include "auditor/model/store.hpp"

namespace audit {

struct ProfileSource {
  SourceSpec spec;
  bool optional = false;
  std::string needed_when;  // SQL condition over relations; "" = never
};

struct Generation {
  std::string name;
  bool always = true;
  std::string source;
  std::string table;
  std::string column;
  std::string query;
};

// Relation → columns that some generation maps.
using Shape = std::map<std::string, std::set<std::string>>;

// What a profile says of one generation.
struct WrittenGeneration {
  std::set<std::string> traits;
  std::map<std::string, std::map<std::string, Value>> params;  // check → parameter → value
  std::map<std::string, WrittenRelation> relations;
  std::string refusal;  // why nothing can be made of it: only for stores that are of no generation; "" = nothing is wrong
};

struct WrittenProfile {
  std::string file;  // for messages
  std::string name;
  std::string title;
  std::string prefix;
  std::string each;                    // "source.option" whose matches are audited one by one; "" = none
  std::vector<ProfileSource> sources;  // options with their ${…} and ~/
  std::vector<Generation> generations;
  Shape shape;
  std::map<std::string, std::set<std::string>> relation_sources;  // relation → sources that give rows of it
  std::map<std::string, WrittenGeneration> by_generation;         // by name; "" for stores of none
};

// Throws Error(config) that names the file and the place. Whatever is wrong with the file is found here, not when a store is met that needs it.
[[nodiscard]] WrittenProfile read_profile(std::string_view text, const std::string& file);

}  // namespace audit
