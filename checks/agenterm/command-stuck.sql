/*
{ "id": "command-stuck", "severity": "error", "subject": "agenterm_command",
  "title": "command was queued and never finished",
  "message": "command {id} for session {session_id} is still {status}; it last moved {moved_at}",
  "why": "the queue lives in memory and is lost with the program; a command takes seconds, so this one will never be sent again, and whoever waits for it waits for ever",
  "safety": "mark-failed keeps the command and gives it an end",
  "repairs": [
    {"name": "mark-failed", "applicability": "safe",
     "changes": [{"update": "agenterm_command", "key": {"id": "{id}"}, "set": {"status": "failed", "completed_at": ":now"}}]} ] }
*/
SELECT c.source, c.scope, c.id, c.session_id, c.status, COALESCE(c.acked_at, c.sent_at, c.created_at) AS moved_at
FROM agenterm_command c
JOIN session s ON s.scope = c.scope AND s.id = c.session_id
WHERE c.status IN ('queued', 'sent', 'acked')
  AND COALESCE(c.acked_at, c.sent_at, c.created_at) < :now - :grace
