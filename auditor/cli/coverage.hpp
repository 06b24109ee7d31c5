#pragma once
// Which checks can apply to which built-in profiles, as far as that can be told without their stores.

#include <map>
#include <string>
#include <vector>

#include "auditor/engine/catalog.hpp"

namespace audit {

// Check id → built-in profiles in at least one of whose generations it is applicable. Every check has an entry. Throws
// Error(config) for a check whose SQL is wrong.
[[nodiscard]] std::map<std::string, std::vector<std::string>> covered_profiles(const Catalog& catalog);

}  // namespace audit
