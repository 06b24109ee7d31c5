/*
{ "id": "half-created-session", "severity": "error", "subject": "session",
  "title": "session was recorded but never got a window",
  "message": "session {id} is {status}, was created {created_at} and has no window",
  "why": "recording a session and opening its window are two steps; the second failed and nothing took the first back, so a session that never ran is listed as running and may be started again and again",
  "safety": "mark-failed keeps the row and all that refers to it; delete also removes what depends on the row (undoable)",
  "requires": ["sessions-have-windows"],
  "supersedes": ["stuck-pending-session", "terminal-session-stale"],
  "repairs": [
    {"name": "mark-failed", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "failed"}}]},
    {"name": "delete", "applicability": "unsafe",
     "changes": [{"delete": "session", "key": {"id": "{id}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.created_at
FROM session s
WHERE s.state IN ('pending', 'active')
  AND s.window_id IS NULL
  AND s.created_at < :now - :grace
