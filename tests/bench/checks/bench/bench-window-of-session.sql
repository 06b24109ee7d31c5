/*
{ "id": "bench-window-of-session",
  "severity": "note",
  "subject": "tmux_window",
  "title": "window carries the name of a session",
  "message": "window {window_id} carries the name of session {session_id}",
  "why": "a check of the benchmark: one store has a million rows, the other a thousand",
  "requires": ["bench-windows"] }
*/
SELECT w.source, w.scope, w.window_id, s.id AS session_id
FROM tmux_window w
JOIN session s ON s.id = w.window_name
