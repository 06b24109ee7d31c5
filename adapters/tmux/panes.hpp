#pragma once
// What `list-panes` is asked to print, and how its answer is read.
//
// Names of commands and directories come raw: they can hold newlines, bytes that are not UTF-8 and any separator that
// was chosen beforehand. So fields end with a mark that is drawn anew for every call, the answer has a head and an end,
// and fields are counted.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/tmux/window.hpp"

namespace audit::tmux {

// The process that asks, by its own environment: $TMUX is "socket,pid,session", $TMUX_PANE "%7".
struct OwnPlace {
  std::string tmux;
  std::string pane;
};

// 16 random letters and digits.
[[nodiscard]] std::string make_mark();

// Arguments after the choice of the server. No command among them can start a server.
[[nodiscard]] std::vector<std::string> list_arguments(const std::string& mark);

struct ListAnswer {
  ServerState server;     // pid, started_at, windows
  bool head = false;      // the server did answer
  bool complete = false;  // up to its end
};

// Throws StoreUnavailable (unknown) for an answer that does not have the form that was asked for.
[[nodiscard]] ListAnswer parse_answer(std::string_view text, std::string_view mark, const OwnPlace& own);

// Undoes the escapes (\n \t \\ \$ \377 …) in which tmux keeps a name that it was given. A name that cannot be the
// result of escaping (a window name given with `new-window -n` is kept as it is) comes back unchanged.
[[nodiscard]] std::string unescape_name(std::string_view name);

}  // namespace audit::tmux
