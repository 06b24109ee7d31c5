#pragma once
// What a recorded case expects.

#include <map>
#include <string>
#include <vector>

#include "auditor/cli/context.hpp"
#include "auditor/engine/catalog.hpp"

namespace audit {

struct Expectation {
  std::map<std::string, std::int64_t> found;  // check → findings
  std::vector<std::string> notes;
};

// Runs the case in DIRECTORY, whose expect.json expects nothing yet, and writes down what was found and planned: what differs from one run to the next (a time to live, where the
// stores lie) is not compared. Repairs and undoes it, too: findings that stand after the repair are `left`. Throws Error where the case cannot be run.
[[nodiscard]] Expectation expect_what_is_found(const std::string& directory, const Catalog& catalog, CommandContext& context);

}  // namespace audit
