#pragma once
// docs/checks.md: every check, from the check files.

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "auditor/model/check.hpp"

namespace audit {

// Markdown. `covered` is what covered_profiles gives.
void print_checks_page(std::ostream& out, const std::vector<const Check*>& checks,
                       const std::map<std::string, std::vector<std::string>>& covered);

}  // namespace audit
