#pragma once
// How much of the past the state directory keeps.

#include <cstdint>

#include "auditor/cli/log.hpp"
#include "auditor/engine/config.hpp"
#include "auditor/repair/state_directory.hpp"

namespace audit {

// Removes finished runs beyond `retention.runs` (the oldest first) and those that are older than `retention.age` at `now` (ms). Call it under the run lock.
// Never removes a run that did not end, or whose journal cannot be read: those are for `audit recover` and for people. Throws nothing; what goes wrong is
// a line in the log.
void apply_retention(const StateDirectory& state, const Retention& retention, std::int64_t now, Log& log);

}  // namespace audit
