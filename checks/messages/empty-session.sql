/*
{ "id": "empty-session", "severity": "error", "subject": "session",
  "title": "session has no messages",
  "message": "session {id} was created {created_at} and has no messages",
  "why": "the session is saved before its first message; when what follows fails, an empty conversation stays in the list for ever",
  "safety": "delete removes the session with what depends on it (undoable); there is no conversation that could be lost",
  "requires": ["sessions-need-messages"],
  "repairs": [
    {"name": "delete", "applicability": "unsafe",
     "changes": [{"delete": "session", "key": {"id": "{id}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.created_at
FROM session s
WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.scope = s.scope AND m.session_id = s.id)
  AND s.created_at < :now - :grace
