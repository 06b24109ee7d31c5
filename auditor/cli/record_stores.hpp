#pragma once
// The stores of one profile as the given part of a fixture case.

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "auditor/cli/context.hpp"
#include "auditor/engine/homes.hpp"
#include "auditor/model/record.hpp"

namespace audit {

struct RecordedCase {
  nlohmann::ordered_json given = nlohmann::ordered_json::object();
  nlohmann::ordered_json set = nlohmann::ordered_json::object();
  std::map<std::string, std::string> files;                            // path below the case → contents
  std::vector<std::pair<std::string, std::string>> sources;            // where what was recorded is now, and where it was
  std::vector<std::string> notes;
};

// Reads every store once, as one snapshot each, and changes none. `text` is the profile as it is written; the disguise learns what must stay. Throws Error(usage) when it is
// more than the limit allows, Error(source) for a store that cannot be read.
[[nodiscard]] RecordedCase record_stores(const Home& home, std::string_view text, const Catalog& catalog, const CommandContext& context, Disguise* disguise, RecordLimit& limit);

}  // namespace audit
