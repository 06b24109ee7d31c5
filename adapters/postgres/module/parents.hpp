#pragma once
// Rows that break a foreign key: what they refer to is not there. They came in before the constraint, or past it, and
// come back the same way.

#include <set>
#include <string>
#include <vector>

#include "adapters/postgres/module/catalog.hpp"

namespace audit::postgres {

// Name of a cell in Change::row beside those that name the row: a constraint that the row breaks.
inline constexpr const char* kAgainst = "(against constraint)";

// The constraints that each of these rows (cells of the table) breaks. Constraints over columns that are not among the
// cells are not looked at.
[[nodiscard]] std::vector<std::set<std::string>> broken_constraints(Connection& connection, Catalog& catalog,
                                                                    const TableFacts& table,
                                                                    const std::vector<const Cells*>& rows);

// Whether this role can put such rows in.
[[nodiscard]] bool may_break_constraints(Connection& connection);

// While it lives the transaction's statements check no foreign keys. Not to be kept beyond an attempt that fails.
class ConstraintsOff {
 public:
  explicit ConstraintsOff(Connection& connection);
  void on_again();

 private:
  Connection& connection_;
};

}  // namespace audit::postgres
