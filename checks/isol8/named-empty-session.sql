/*
{ "id": "named-empty-session", "severity": "warning", "subject": "session",
  "title": "session was given a name but has no messages",
  "message": "session {id} was created {created_at}, has a name of its own and no messages",
  "why": "a session can be made and named before anything is said in it, and its user may still want it; it is told apart from those that a failed first answer leaves behind",
  "safety": "delete removes the session with what depends on it (undoable); its name goes with it",
  "requires": ["isol8"],
  "supersedes": ["empty-session"],
  "repairs": [
    {"name": "delete", "applicability": "unsafe",
     "changes": [{"delete": "session", "key": {"id": "{id}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.created_at
FROM session s
WHERE s.named = 1
  AND s.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM message m WHERE m.scope = s.scope AND m.session_id = s.id)
