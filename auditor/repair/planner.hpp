#pragma once
// From findings to the changes that would mend them. Writes nothing.

#include <map>
#include <string>
#include <vector>

#include "auditor/model/scan_result.hpp"

namespace audit {

struct RepairPolicy {
  bool unsafe = false;
  bool irreversible = false;
  std::map<std::string, std::string> allow{};  // check → repair ("" = its first)
  std::vector<std::string> only{};             // checks; empty: all
  std::int64_t max_changes = 1000;
  double max_fraction = 0.2;
  bool on_paper = false;  // also what cannot be written (a recorded snapshot stands in for the store): for fixtures
};

// Fills result.report.plan and its counts, and marks the selected repair of every finding. A finding whose change cannot be made (a column
// that the profile cannot write) keeps its place without one.
void make_plan(const std::vector<Check>& checks, ScanResult& result, const RepairPolicy& policy, std::int64_t now);
// The same, where the id is worked out later or not needed.
void make_plan_without_id(const std::vector<Check>& checks, ScanResult& result, const RepairPolicy& policy, std::int64_t now);

// Plan::id. May run beside whoever reads the same changes.
[[nodiscard]] std::string plan_identity(const ChangeList& changes);

}  // namespace audit
