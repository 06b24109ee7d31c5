#pragma once
// What keeps a unit of a SQLite database from being made, and when a row is the one that a change means.

#include <algorithm>
#include <string>

#include "adapters/sqlite/table_shape.hpp"
#include "auditor/model/change.hpp"
#include "auditor/model/writer.hpp"

namespace audit::unit_rules {

// Why a unit cannot be made: becomes its outcome.
struct NotMade {
  UnitOutcome::Kind kind;
  std::string reason;
};

inline std::string spelled(const Cells& name) {
  std::string text;
  for (const auto& [column, value] : name) text += (text.empty() ? "" : ", ") + column + " " + to_text(value);
  return text;
}

[[noreturn]] inline void changed(const Change& change, const std::string& what) {
  throw NotMade{UnitOutcome::Kind::changed, "row " + spelled(change.row) + " of " + change.table + " " + what};
}

// The change but for what it does to its row.
inline Change without_cells(const Change& change) {
  Change copy{change.op, change.profile, change.relation, change.source, change.location, change.table, change.key, {}, {}, {}, change.check, change.repair, change.finding,
              change.applicability, change.confidential, change.shown, change.consequence, change.one_of_many};
  return copy;
}

[[noreturn]] inline void refused(const std::string& reason) { throw NotMade{UnitOutcome::Kind::refused, reason}; }

// Whether every cell of the image that `expected` speaks of is as it says. The rowid is no content: VACUUM may change it.
inline bool agrees(const TableShape& shape, const Cells& image, const Cells& expected) {
  return std::all_of(image.begin(), image.end(), [&](const auto& one) {
    if (one.first == shape.rowid && !shape.rowid.empty()) return true;
    for (const auto& [column, value] : expected) {
      if (column == one.first) return value == one.second;
    }
    return true;
  });
}

}  // namespace audit::unit_rules
