#pragma once
// Which checks can apply to which profiles, as far as that can be told without their stores.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "auditor/engine/scan.hpp"

namespace audit {

// Ids of the checks that can apply in at least one generation of the profile: it declares the traits that they ask for and maps what they read. Throws
// Error(usage) for a profile that does not exist, Error(config) for one that makes no sense and for a check whose SQL is wrong.
[[nodiscard]] std::set<std::string> applicable_checks(const ProfileRequest& request, const Catalog& catalog);

// Check id → built-in profiles to which it can apply. Every check has an entry. Throws Error(config) for a check whose SQL is wrong.
[[nodiscard]] std::map<std::string, std::vector<std::string>> covered_profiles(const Catalog& catalog);

}  // namespace audit
