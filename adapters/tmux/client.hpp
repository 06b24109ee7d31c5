#pragma once
// Asks a running tmux server for its windows.

#include <chrono>
#include <string>

#include "adapters/tmux/window.hpp"
#include "auditor/model/store.hpp"
#include "auditor/sys/process.hpp"

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

// A question for the server's windows that is on its way. Used by one thread at a time.
class Question {
 public:
  // Asks, and does not wait. Throws StoreUnavailable for what look() sees, and Error(source) when the system is out of resources. Never starts a server.
  explicit Question(const ServerAddress& address);

  // The windows; the server's status is ok, also when it has none. The server's time to answer counts from here. Once. Throws StoreUnavailable (dead: a
  // socket that nobody listens on; unknown: everything else), and what Cancellation::check throws.
  [[nodiscard]] ServerState answer(const Cancellation& cancel);

 private:
  ServerAddress address_;
  std::string mark_;
  Process process_;
};

}  // namespace audit::tmux
