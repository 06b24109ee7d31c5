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

// Whether the steps are removals from one table that one statement can make, compare and look around in.
[[nodiscard]] bool is_plain_removal(Catalog& catalog, const std::vector<Step*>& steps);
// That statement: it leaves alone what rows that are still there refer to.
[[nodiscard]] std::string plain_removal(Catalog& catalog, const std::vector<Step*>& steps, Parameters& parameters);
// Fills in the steps' effects from its rows. False when one is not gone as it was planned: then nothing of it may stay.
[[nodiscard]] bool note_plain_removal(const pqxx::result& gone, const std::vector<Step*>& steps);

// make_steps() in one statement, at whose end all constraints are checked: for rows that refer to each other in a circle.
void make_together(Connection& connection, Catalog& catalog, const std::vector<Step*>& steps);

}  // namespace audit::postgres
