/*
{ "id": "command-without-session", "severity": "error", "subject": "agenterm_command",
  "title": "command belongs to a session that does not exist",
  "message": "command {id} was queued for session {session_id}, which does not exist",
  "why": "the session was deleted while foreign keys were off; the command can never be run or shown",
  "safety": "delete removes the command with its payload and result (undoable)",
  "repairs": [
    {"name": "delete", "applicability": "unsafe",
     "changes": [{"delete": "agenterm_command", "key": {"id": "{id}"}}]} ] }
*/
SELECT c.source, c.scope, c.id, c.session_id, c.status
FROM agenterm_command c
WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.scope = c.scope AND s.id = c.session_id)
  AND COALESCE(c.created_at, 0) < :now - :grace
