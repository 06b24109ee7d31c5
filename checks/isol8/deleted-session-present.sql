/*
{ "id": "deleted-session-present", "severity": "error", "subject": "session",
  "title": "session was deleted and is there again",
  "message": "session {id} was deleted {deleted_at} according to the audit log, and exists",
  "why": "a backup was restored, or the deletion was rolled back after it had been logged; the user was told that the conversation is gone, and the law may demand that it is",
  "safety": "delete removes the session with what depends on it once more (undoable until the run is pruned)",
  "requires": ["isol8"],
  "supersedes": ["empty-session", "named-empty-session"],
  "repairs": [
    {"name": "delete", "applicability": "unsafe",
     "changes": [{"delete": "session", "key": {"id": "{id}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, MAX(e.at) AS deleted_at
FROM event e
JOIN session s ON s.scope = e.scope AND s.id = e.named_session_id
WHERE e.type = 'SESSION_DELETED'
  AND e.at < :now - :grace
GROUP BY s.source, s.scope, s.id
