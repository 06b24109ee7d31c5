#pragma once
// Steps as statements: one for all of the same kind on one table.

#include <span>
#include <string>
#include <vector>

#include "adapters/postgres/module/step.hpp"

namespace audit::postgres {

// Thrown within an attempt when a step cannot be made: the attempt is taken back.
struct CannotMake {
  UnitOutcome::Kind kind = UnitOutcome::Kind::refused;
  std::string reason;
};

// Makes the steps (none of them made already, each row once; loaded and judged, but for removals, which are compared
// with what they were planned from here), in an order in which every unit's own order is kept, and fills in their
// effects. Throws CannotMake, Failure, TryAgain.
void make_steps(Connection& connection, Catalog& catalog, const std::vector<Step*>& steps);

// The same in one statement, at whose end all constraints are checked: for rows that refer to each other in a circle.
void make_together(Connection& connection, Catalog& catalog, const std::vector<Step*>& steps);

}  // namespace audit::postgres
