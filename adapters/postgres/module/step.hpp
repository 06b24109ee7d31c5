#pragma once
// One change on its way into the database.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/postgres/module/rows.hpp"
#include "auditor/model/writer.hpp"

namespace audit::postgres {

struct Step {
  std::size_t unit = 0;  // number of its unit
  const Change* change = nullptr;
  const TableFacts* table = nullptr;
  Cells row;                      // names the row; empty: nothing does yet (an insert whose key the server makes)
  std::optional<Cells> image;     // the row as it is, locked; nothing: there is none
  bool twice = false;             // several rows have this name
  bool made = false;              // it is so already: nothing is done
  std::set<std::string> against;  // constraints that it breaks with what it writes, because it did before
  std::set<std::string> broken;   // constraints that the row breaks as it is
  Change effect;                  // what was done, afterwards
};

// The step of a change. Throws Error(repair) when the table is not there; sets `obstacle` when the change cannot be
// made whatever the row holds.
[[nodiscard]] Step make_step(std::size_t unit, const Change& change, Catalog& catalog, std::string& obstacle);

// The columns that an insert or an update writes.
[[nodiscard]] std::vector<std::string> written_columns(const Step& step);

// Locks the steps' rows, table by table in the order of their keys, and reads them as they are.
void load(Connection& connection, const std::vector<Step*>& steps);

// Compares a loaded step with what its change was planned from: why it cannot be made, or nothing. Sets `made`.
[[nodiscard]] std::optional<UnitOutcome> judge(Step& step, WriteMode mode);

// Whether the row has these values.
[[nodiscard]] bool holds(const Cells& image, const Cells& cells, const TableFacts& table);

}  // namespace audit::postgres
