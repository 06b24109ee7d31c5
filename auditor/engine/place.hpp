#pragma once
// Where a check runs: in the store that holds its largest relation, partition by partition, or in the workbench.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "auditor/engine/bind.hpp"
#include "auditor/engine/source_set.hpp"

namespace audit {

struct Placement {
  enum class Kind {
    not_applicable,  // the profile does not map what it reads
    failed,          // a source that it needs cannot be read
    pushed,          // runs in the store of `source`; `shipped` relations travel there
    visited,         // runs in every store of `source` by itself; of `sliced` relations the rows of the store's scope travel there
    gathered,        // all its relations travel to the workbench
  };
  Kind kind = Kind::not_applicable;
  std::string reason;             // of not_applicable and failed; why it was placed so, for the others
  std::string source;             // of pushed and visited
  std::vector<std::string> shipped;
  std::vector<std::string> sliced;
  std::vector<std::string> empty;  // optional relations that nothing maps
  std::set<std::string> sources;  // all that it reads rows of
  bool partial = false;           // some stores of a many-store source could not be read
};

// `ship_rows`: the most rows of one relation that travel to another store.
[[nodiscard]] Placement place(const BoundCheck& bound, SourceSet& sources, std::int64_t ship_rows);

}  // namespace audit
