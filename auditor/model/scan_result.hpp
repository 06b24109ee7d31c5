#pragma once
// What a scan hands to the planner: the report, the rows behind its findings, and the stores, still open on their snapshots.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "auditor/model/report.hpp"
#include "auditor/model/store.hpp"

namespace audit {

// The stores and mappings of one audited profile.
class OpenProfile {
 public:
  virtual ~OpenProfile() = default;
  [[nodiscard]] virtual const std::string& name() const = 0;

  // A relation as one store has it.
  struct Place {
    Store* store = nullptr;
    const RelationMapping* mapping = nullptr;
  };
  // Where rows of `relation` with this source and scope are; store is nullptr when that store is not open or the relation not mapped. With source "":
  // the first source that maps it.
  [[nodiscard]] virtual Place place(const std::string& relation, const std::string& source, const std::string& scope) = 0;
};

// One row of a check's query. A grouped finding has several.
struct FindingRow {
  std::size_t finding = 0;  // index into report.findings
  std::vector<std::pair<std::string, Value>> cells;
};

struct ScanResult {
  Report report;  // without plan, run id, command and version
  std::vector<FindingRow> rows;  // of findings whose check offers repairs; in the order of the findings
  std::vector<std::unique_ptr<OpenProfile>> profiles;
};

}  // namespace audit
