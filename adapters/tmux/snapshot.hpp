#pragma once
// A tmux server in a file, for fixtures and for machines without the server:
//
//   { "schema": "audit-tmux-snapshot/1",
//     "server": {"status": "ok", "pid": 4711, "started_at": "2026-02-27T12:56:10.000Z"},
//     "windows": [ {"window_id": "@7", "session_name": "main", "window_name": "vim", …} ] }
//
// `status` is ok, absent, dead or unknown; a server that is not ok may say why in `detail`, and needs no `windows`. The
// keys of a window are the columns of tmux_window; only the three above must be there. Times are RFC 3339, flags 0, 1,
// false or true. server_pid and server_started_at are the server's when a window does not say otherwise, flags and
// `attached` are 0 (but `owned` is NULL), all else is NULL. Text that is not UTF-8 is {"hex": "ff00"}. `//` comments
// are allowed.

#include <string>

#include "adapters/tmux/window.hpp"

namespace audit::tmux {

// Throws Error(config) that names `file` and the line or the place in the document.
[[nodiscard]] ServerState parse_snapshot(const std::string& text, const std::string& file);

[[nodiscard]] std::string format_snapshot(const ServerState& server);

}  // namespace audit::tmux
