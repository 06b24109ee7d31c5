#pragma once
// A run taken back by another run.

#include <string>
#include <vector>

#include "auditor/repair/run.hpp"

namespace audit {

struct UndoResult {
  ChangeList applied;                  // what was done to the stores, as in Plan::changes; what was confidential when it went is so when it comes back
  std::int64_t groups = 0;             // findings whose changes were taken back
  std::vector<std::string> refused;    // those that were not, and why
};

// Takes back what the run `undone` did that is still in effect, the last change first, all of it or (with `skip_changed`) what nobody changed since. Without `skip_changed` one
// row that changed since takes everything back: nothing is done then. `run` becomes an ordinary run, to be undone itself. Throws Error(repair), Error(interrupted).
[[nodiscard]] UndoResult undo(Run& run, const std::string& undone, const std::vector<OpenProfile*>& profiles, bool skip_changed, const RunOptions& options,
                              const Cancellation& cancel);

}  // namespace audit
