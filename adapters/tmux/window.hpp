#pragma once
// The windows of one tmux server at one moment.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/store.hpp"
#include "auditor/model/value.hpp"

namespace audit::tmux {

enum class ColumnKind { text, window_id, integer, flag, time };

struct WindowColumn {
  std::string_view name;
  ColumnKind kind;
  bool required;  // in a snapshot
};

// Columns of the relation in the order of Window::cells. `source`, `scope` and `defect` are not among them.
enum WindowField : std::size_t {
  window_id,
  server_pid,
  server_started_at,
  session_name,
  window_name,
  pane_pid,
  pane_dead,
  command,
  path,
  created_at,
  active,
  attached,
  own,
  owned,
  window_field_count,
};

inline constexpr std::array<WindowColumn, window_field_count> kWindowColumns{{
    {"window_id", ColumnKind::window_id, true},
    {"server_pid", ColumnKind::integer, false},
    {"server_started_at", ColumnKind::time, false},
    {"session_name", ColumnKind::text, true},
    {"window_name", ColumnKind::text, true},
    {"pane_pid", ColumnKind::integer, false},
    {"pane_dead", ColumnKind::flag, false},
    {"command", ColumnKind::text, false},
    {"path", ColumnKind::text, false},
    {"created_at", ColumnKind::time, false},
    {"active", ColumnKind::flag, false},
    {"attached", ColumnKind::integer, false},
    {"own", ColumnKind::flag, false},
    {"owned", ColumnKind::flag, false},
}};

// Position of a column; window_field_count when there is none of that name.
[[nodiscard]] constexpr std::size_t find_window_column(std::string_view name) {
  std::size_t index = 0;
  while (index < kWindowColumns.size() && kWindowColumns[index].name != name) ++index;
  return index;
}

using Window = std::array<Value, window_field_count>;

// What a server said, or why it said nothing.
struct ServerState {
  StoreStatus status = StoreStatus::ok;
  std::string detail;  // when not ok
  std::string hint;
  std::optional<std::int64_t> pid;
  std::optional<std::int64_t> started_at;  // ms
  std::vector<Window> windows;             // in the server's order; only when ok
};

}  // namespace audit::tmux
