/*
{ "id": "session-without-window", "severity": "error", "subject": "session",
  "title": "session is active but its window is gone",
  "message": "session {id} is {status} in window {window_id}, which does not exist",
  "why": "the window was closed or its process ended and nobody told the store; the session is listed as running and takes commands that reach nobody",
  "safety": "mark-ended keeps the row and all that refers to it; nothing runs that could be missed",
  "requires": ["sessions-have-windows"],
  "supersedes": ["terminal-session-stale"],
  "repairs": [
    {"name": "mark-ended", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "ended"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.window_id, s.window_session, s.created_at
FROM session s
WHERE s.runtime = 'tmux'
  AND s.state IN ('pending', 'active')
  AND s.window_id IS NOT NULL
  AND s.created_at < :now - :grace
  -- An id alone proves nothing for a session that has a tmux session of its own.
  AND (s.window_session IS NOT NULL
       OR NOT EXISTS (SELECT 1 FROM tmux_window w WHERE w.window_id = s.window_id))
  AND NOT EXISTS (SELECT 1 FROM tmux_window w WHERE w.session_name = s.window_session)
  AND NOT EXISTS (SELECT 1 FROM tmux_window w WHERE w.window_name = s.window_name)
