#pragma once
// What a scan hands to the planner: the report, the rows behind its findings, and the stores, still open on their snapshots.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "auditor/model/report.hpp"
#include "auditor/model/row_list.hpp"
#include "auditor/model/store.hpp"

namespace audit {

// A profile as it was asked for, to open the same stores again. Relative paths are made absolute; what may hold a secret is left out.
struct ProfileOrigin {
  std::string name;   // built-in name, or path of a profile file
  std::string label;  // its name in reports where that is another
  std::map<std::string, std::string> set;
};

// What a query of a repair (RepairTemplate::when, ChangeTemplate::each) returned for one finding.
using Answer = std::vector<Cells>;

// The stores and mappings of one audited profile.
class OpenProfile {
 public:
  virtual ~OpenProfile() = default;
  [[nodiscard]] virtual const std::string& name() const = 0;
  [[nodiscard]] virtual const ProfileOrigin& origin() const = 0;

  // A relation as one store has it.
  struct Place {
    Store* store = nullptr;
    const RelationMapping* mapping = nullptr;
  };
  // Where rows of `relation` with this source and scope are; store is nullptr when that store is not open or the relation not mapped. With source "":
  // the first source that maps it.
  [[nodiscard]] virtual Place place(const std::string& relation, const std::string& source, const std::string& scope) = 0;

  // Asks a query of one of the check's repairs about these findings (their rows, all of this profile and check): an answer for each of them. nullopt when it cannot
  // be told. Opens snapshots of its own. What is answered is remembered: a finding holds only as long as the answers about it do.
  [[nodiscard]] virtual std::optional<std::vector<Answer>> ask(const Check& /*check*/, const std::string& /*query*/, const std::vector<const FindingRow*>& /*rows*/,
                                                               const Report& /*report*/) {
    return std::nullopt;
  }

  // Gives the snapshots and read locks of the scan back. place() finds nothing afterwards.
  virtual void close() = 0;
  // Locks one of its stores for writing. Throws Error(repair) when the profile's source does not name the store, NotWritable when its adapter writes nothing.
  [[nodiscard]] virtual std::unique_ptr<Writer> write(const std::string& source, const std::string& location, const WriteRequest& request) = 0;
  [[nodiscard]] virtual std::string adapter(const std::string& source) const = 0;
  [[nodiscard]] virtual CommitKind commits(const std::string& /*source*/) { return {}; }
  // Why nothing can be written into the source, as far as that is known beforehand; "" when it can.
  [[nodiscard]] virtual std::string unwritable(const std::string& /*source*/) { return {}; }

  // A store that is open for writing, to be read in place of a snapshot of its own.
  struct View {
    std::string source;
    std::string location;
    Store* store = nullptr;
  };
  // For each row whether its finding still holds: the checks run again for these rows' keys alone, on the views and on new snapshots of what is beside them.
  // A check that fails confirms nothing.
  [[nodiscard]] virtual std::vector<bool> still_holding(const std::vector<const FindingRow*>& rows, const Report& report, const std::vector<View>& views) = 0;
  // The same for these rows of one check, those of a finding one after the other: it runs once more as a whole. nullopt where that is no shorter way.
  [[nodiscard]] virtual std::optional<std::vector<bool>> still_holding_of(const std::string& /*check*/, const FindingRows& /*all*/, const std::vector<std::size_t>& /*rows*/,
                                                                          const Report& /*report*/, const std::vector<View>& /*views*/) {
    return std::nullopt;
  }
};

struct ScanResult {
  Report report;  // without plan, run id, command and version
  FindingRows rows;  // of findings whose check offers repairs; in the order of the findings
  std::vector<std::unique_ptr<OpenProfile>> profiles;
};

}  // namespace audit
