/*
{ "id": "recycled-window", "severity": "error", "subject": "session",
  "title": "session's window id now belongs to another window",
  "message": "session {id} is {status} in window {window_id}, which is now '{window_name}'",
  "why": "window ids start again with the tmux server: after a restart the id was handed to another window, and commands for the session are typed into that one",
  "safety": "mark-ended keeps the row and takes the id of the foreign window off it",
  "requires": ["sessions-have-windows"],
  "repairs": [
    {"name": "mark-ended", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "ended", "window_id": null}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.window_id, w.window_name, s.created_at
FROM session s
JOIN tmux_window w ON w.window_id = s.window_id
WHERE s.runtime = 'tmux'
  AND s.state IN ('pending', 'active')
  AND s.window_session IS NULL
  AND s.created_at < :now - :grace
  AND w.window_name <> s.window_name
  -- On the server that the window was opened on, another name means that somebody renamed it.
  AND (w.server_started_at IS NULL OR w.server_started_at > s.created_at)
  AND NOT EXISTS (SELECT 1 FROM tmux_window o WHERE o.window_name = s.window_name)
