#pragma once
// Closes windows of a running tmux server. There is no way back: every window is proven to be the one that was planned, in the very step that closes it.

#include <functional>
#include <memory>

#include "adapters/tmux/client.hpp"
#include "auditor/model/store.hpp"

namespace audit::tmux {

// Makes a store of what a server said.
using StoreMaker = std::function<std::unique_ptr<Store>(std::shared_ptr<const ServerState>)>;

// Asks the server. A server that is gone has no windows any more; one that cannot be asked throws Error(repair).
[[nodiscard]] std::unique_ptr<Writer> make_tmux_writer(const ServerAddress& address, const WriteRequest& request, StoreMaker make_store, const Cancellation& cancel);

}  // namespace audit::tmux
