/*
{ "id": "cleanup-schedule-of-ended-session", "severity": "warning", "subject": "session",
  "title": "clean-up is scheduled for a session that has ended",
  "message": "session {id} is {status}, and its clean-up is still scheduled for {cleanup_at}",
  "why": "ending the session removes its schedule; the clean-up will stop a workspace that another session may be using by then",
  "safety": "delete removes the schedule (undoable)",
  "repairs": [
    {"name": "delete", "applicability": "unsafe",
     "changes": [{"delete": "sam_cleanup", "key": {"id": "{id}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.ended_at, c.workspace_id, c.cleanup_at
FROM sam_cleanup c
JOIN session s ON s.scope = c.scope AND s.id = c.id
WHERE c.terminal_state IS NULL
  AND s.state IN ('ended', 'failed')
  AND COALESCE(s.ended_at, s.updated_at, 0) < :now - :grace
