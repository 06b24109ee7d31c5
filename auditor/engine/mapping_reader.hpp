#pragma once
// Reads the mappings of a profile's relations from JSON.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "auditor/model/mapping.hpp"

namespace audit {

// A mapping as it is written, before it is known whether a store has what it names.
struct WrittenPart {
  RelationPart part;
  std::vector<std::string> only;  // generations; empty: all
  bool optional = false;
};

// The alternatives of a relation: parts that all apply, each with its variants (the first that fits counts).
using WrittenRelation = std::vector<std::vector<WrittenPart>>;

// Replaces {"generation": {…}} everywhere by what it says for `generation`; where it says nothing the key is left out.
[[nodiscard]] nlohmann::ordered_json for_generation(const nlohmann::ordered_json& json, const std::string& generation);

// `json` holds no {"generation": …} any more. `where` is for messages. Throws Error(config).
[[nodiscard]] WrittenRelation read_relation(const nlohmann::ordered_json& json, const std::string& name,
                                            const std::string& default_source, const std::string& where);

}  // namespace audit
