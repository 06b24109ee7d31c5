#pragma once
// tmux servers as a source: one relation, tmux_window, with a row for every window of every tmux session.
//
// A server is asked with one command that cannot start one and that changes nothing. A snapshot file (snapshot.hpp)
// stands in for a server wherever there is none. Server absent, server gone, no answer and no windows are four
// different answers.

#include <memory>
#include <string>

#include "auditor/model/record.hpp"
#include "auditor/model/store.hpp"

namespace audit {

[[nodiscard]] std::unique_ptr<Adapter> make_tmux_adapter();

// The text of a snapshot file that has the windows of this open store, under other words where there is a disguise. Throws what Store::scan throws.
[[nodiscard]] std::string record_snapshot(Store& store, const Disguise* disguise = nullptr);

// The text of a snapshot file of a server that could not be read; why is left out of one that is disguised.
[[nodiscard]] std::string record_snapshot(const StoreUnavailable& unavailable, const Disguise* disguise = nullptr);

}  // namespace audit
