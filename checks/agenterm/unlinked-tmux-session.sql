/*
{ "id": "unlinked-tmux-session", "severity": "error", "subject": "session",
  "title": "session's own tmux session is alive but the row names another window or none",
  "message": "session {id} is {status} in tmux session '{session_name}', whose window is {window_id}; the row does not name it",
  "why": "the tmux session was opened and the step that records its window failed, or the id was copied from another row; commands go nowhere or to somebody else's window",
  "safety": "relink writes the id of the only window that the session's own tmux session has",
  "requires": ["agenterm-tmux-sessions"],
  "supersedes": ["half-created-session", "shared-window"],
  "repairs": [
    {"name": "relink", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"window_id": "{window_id}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, MIN(w.window_id) AS window_id, w.session_name
FROM session s
JOIN tmux_window w ON w.session_name = s.window_session
WHERE s.runtime = 'tmux'
  AND s.state IN ('pending', 'active')
  AND s.created_at < :now - :grace
  -- Its own by its form, <project>-<task>-<role>; a tmux session that many share proves nothing.
  AND replace(s.window_session, '-' || s.kind, '') <> s.window_session
  AND NOT EXISTS (SELECT 1 FROM tmux_window o WHERE o.window_id = s.window_id AND o.session_name = s.window_session)
  AND (s.window_id IS NULL OR EXISTS (SELECT 1 FROM tmux_window o WHERE o.window_id = s.window_id))
GROUP BY s.source, s.scope, s.id, s.status, w.session_name
HAVING COUNT(DISTINCT w.window_id) = 1
