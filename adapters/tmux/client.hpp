#pragma once
// Asks a running tmux server for its windows.

#include <chrono>
#include <string>

#include "adapters/tmux/window.hpp"
#include "auditor/model/store.hpp"

namespace audit::tmux {

struct ServerAddress {
  std::string source;              // name of the source, for hints
  std::string program = "tmux";    // name in $PATH, or path
  std::string socket = "default";  // as `tmux -L`
  std::string path;                // as `tmux -S`; when set, `socket` means nothing
  std::chrono::milliseconds timeout{5000};
};

// Where the server's socket must be: `path`, or what tmux makes of `socket` ($TMUX_TMPDIR, else /tmp).
[[nodiscard]] std::string socket_path(const ServerAddress& address);

// What can be told without asking: ok means that there is a program and a socket, not that a server answers.
[[nodiscard]] StoreUnavailable look(const ServerAddress& address);

// The server's windows; its status is ok, also when it has none. Throws StoreUnavailable (absent: no socket; dead: a
// socket that nobody listens on; unknown: everything else), and what Cancellation::check throws. Never starts a server.
[[nodiscard]] ServerState ask(const ServerAddress& address, const Cancellation& cancel);

}  // namespace audit::tmux
