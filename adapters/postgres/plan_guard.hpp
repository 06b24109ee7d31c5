#pragma once
// What the server's EXPLAIN gives away of a plan that would never end.

#include <string>
#include <vector>

namespace audit::postgres {

// Tables, as EXPLAIN names them, that the plan reads whole once for each of many rows: in a subplan that is run per row, or on the inner side of a
// nested loop over `many` rows and more. `lines` are those of EXPLAIN's text form; of any other form nothing can be told.
[[nodiscard]] std::vector<std::string> scanned_per_row(const std::vector<std::string>& lines, double many = 1000);

// The planner's figure for all of it; 0 where the server's EXPLAIN looks different.
[[nodiscard]] double planned_cost(const std::vector<std::string>& lines);

}  // namespace audit::postgres
