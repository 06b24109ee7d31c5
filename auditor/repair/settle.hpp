#pragma once
// A run that did not come to its end is brought to one.

#include <string>
#include <vector>

#include "auditor/repair/run.hpp"

namespace audit {

struct Settlement {
  RunEnd end = RunEnd::taken_back;
  std::int64_t taken_back = 0;         // changes
  std::vector<std::string> left;       // what could not be taken back, and why: somebody changed it since
};

// Judges the last round of the run by its journal and, where that does not say, by the stores: when every store has committed, the run is complete; else what was
// committed is taken back. Earlier rounds stay. May be repeated after it died itself. Throws Error(repair) when a store cannot be opened or refuses to
// take something back that nobody changed (a lock that is held, a failing disk): the run stays unfinished, and what was taken back is so.
[[nodiscard]] Settlement settle(const StateDirectory& state, const std::string& run, const std::vector<OpenProfile*>& profiles,
                                const RunOptions& options, const Cancellation& cancel);

// The profile that the journal's store belongs to. Throws Error(repair).
[[nodiscard]] OpenProfile& profile_of(const JournalStore& store, const std::vector<OpenProfile*>& profiles);
// The change that takes the effect back.
[[nodiscard]] Change inverse(Change effect);

}  // namespace audit
