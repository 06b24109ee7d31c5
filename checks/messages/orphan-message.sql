/*
{ "id": "orphan-message", "severity": "error", "subject": "message",
  "title": "message belongs to no session",
  "message": "message {id} names session {session_id}, which does not exist",
  "why": "the session was deleted without its messages, or never saved; nobody sees them any more, and they still count and cost",
  "safety": "delete removes the message (undoable); bring the session back instead where the conversation matters",
  "repairs": [
    {"name": "delete", "applicability": "unsafe",
     "changes": [{"delete": "message", "key": {"id": "{id}"}}]} ] }
*/
SELECT m.source, m.scope, m.id, m.session_id, m.created_at
FROM message m
WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.scope = m.scope AND s.id = m.session_id)
  AND (m.created_at IS NULL OR m.created_at < :now - :grace)
  AND m.session_id IS NOT NULL
