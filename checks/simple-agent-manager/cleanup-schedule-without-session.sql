/*
{ "id": "cleanup-schedule-without-session", "severity": "error", "subject": "sam_cleanup",
  "title": "clean-up is scheduled for a session that does not exist",
  "message": "the clean-up of session {id}, due {cleanup_at}, finds no such session",
  "why": "the clean-up of the workspace goes through the session; it fails again and again, and the workspace runs on",
  "safety": "delete removes the schedule (undoable); stop the workspace by hand if it still runs",
  "repairs": [
    {"name": "delete", "applicability": "unsafe",
     "changes": [{"delete": "sam_cleanup", "key": {"id": "{id}"}}]} ] }
*/
SELECT c.source, c.scope, c.id, c.workspace_id, c.cleanup_at
FROM sam_cleanup c
WHERE c.terminal_state IS NULL
  AND c.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.scope = c.scope AND s.id = c.id)
