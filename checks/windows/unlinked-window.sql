/*
{ "id": "unlinked-window", "severity": "error", "subject": "session",
  "title": "session's window exists but the row does not carry its id",
  "message": "session {id} is {status}; its window is {window_id} '{window_name}', which the row does not name",
  "why": "the window was opened and the step that records its id failed, or the window was opened again later; commands for the session go nowhere or to somebody else's window",
  "safety": "relink writes the id of the only window that can be meant",
  "requires": ["sessions-have-windows"],
  "supersedes": ["half-created-session", "session-without-window", "recycled-window", "shared-window", "stuck-pending-session"],
  "repairs": [
    {"name": "relink", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"window_id": "{window_id}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, MIN(w.window_id) AS window_id, w.window_name
FROM session s
JOIN tmux_window w ON w.window_name = s.window_name
WHERE s.runtime = 'tmux'
  AND s.state IN ('pending', 'active')
  AND s.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM tmux_window o WHERE o.window_id = s.window_id AND o.window_name = s.window_name)
GROUP BY s.source, s.scope, s.id, s.status, w.window_name
HAVING COUNT(DISTINCT w.window_id) = 1
