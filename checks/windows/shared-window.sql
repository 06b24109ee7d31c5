/*
{ "id": "shared-window", "severity": "error", "subject": "session",
  "title": "two active sessions claim one window",
  "message": "session {id} claims window {window_id}, which session {kept_session_id} has",
  "why": "a window id was recorded twice; whatever is sent to one session reaches the other, and closing one closes both",
  "safety": "mark-ended ends the row that the window does not belong to: by its name, else all but the newest",
  "requires": ["sessions-have-windows"],
  "supersedes": ["recycled-window", "session-without-window"],
  "repairs": [
    {"name": "mark-ended", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "ended"}}]} ] }
*/
WITH claim AS (
  SELECT s.source, s.scope, s.id, s.status, s.window_id, s.created_at,
         MAX(CASE WHEN w.window_name = s.window_name THEN 2 WHEN w.session_name = s.window_session THEN 1 ELSE 0 END) AS fit
  FROM session s
  JOIN tmux_window w ON w.window_id = s.window_id
  WHERE s.runtime = 'tmux'
    AND s.state IN ('pending', 'active')
    AND s.created_at < :now - :grace
  GROUP BY s.source, s.scope, s.id, s.status, s.window_id, s.created_at
), ranked AS (
  SELECT c.source, c.scope, c.id, c.status, c.window_id,
         FIRST_VALUE(c.id) OVER (PARTITION BY c.window_id ORDER BY c.fit DESC, c.created_at DESC, c.id DESC) AS kept_session_id
  FROM claim c
)
SELECT r.source, r.scope, r.id, r.status, r.window_id, r.kept_session_id
FROM ranked r
WHERE r.id <> r.kept_session_id
