#pragma once
// A case's plan made real in its own stores, looked at again, and taken back.

#include <string>
#include <vector>

#include "auditor/cli/context.hpp"
#include "auditor/engine/scan.hpp"
#include "auditor/repair/planner.hpp"

namespace audit {

struct RoundTripResult {
  // As text for people: a finding that its repair did not end, one that a repair brought about, and anything in the files below `stores` that is not as it was after the undo
  // (databases row by row with their rowids, other files byte by byte). Empty also when the plan is empty.
  std::vector<std::string> differences;
  std::vector<std::string> standing;  // findings ("check id") of the first two kinds
};

// Repairs what the plan says, scans again, undoes every run and scans once more. `left`: findings ("check id") that may stand after the repair.
[[nodiscard]] RoundTripResult round_trip(const ScanRequest& request, const RepairPolicy& policy, const Catalog& catalog, const std::vector<std::string>& left,
                                         const std::string& stores, const std::string& state_directory, CommandContext& context);

}  // namespace audit
