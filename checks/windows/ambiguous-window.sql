/*
{ "id": "ambiguous-window", "severity": "warning", "subject": "session",
  "title": "several windows carry the name of one session",
  "message": "session {id} is {status}; {windows} windows are named '{window_name}' and the row names none of them",
  "why": "the window was opened more than once and the row does not say which one counts; only a person can tell",
  "requires": ["sessions-have-windows"],
  "supersedes": ["half-created-session", "session-without-window", "recycled-window", "stuck-pending-session"] }
*/
SELECT s.source, s.scope, s.id, s.status, w.window_name, COUNT(DISTINCT w.window_id) AS windows,
       MIN(w.window_id) AS window_id, MAX(w.window_id) AS other_window_id
FROM session s
JOIN tmux_window w ON w.window_name = s.window_name
WHERE s.runtime = 'tmux'
  AND s.state IN ('pending', 'active')
  AND s.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM tmux_window o WHERE o.window_id = s.window_id AND o.window_name = s.window_name)
GROUP BY s.source, s.scope, s.id, s.status, w.window_name
HAVING COUNT(DISTINCT w.window_id) > 1
