/*
{ "id": "billed-empty-session", "severity": "error", "subject": "session",
  "title": "session was billed but holds no messages",
  "message": "session {id} has {billed} billed requests, the last of {last_billed_at}, and no messages",
  "why": "the answer was produced and billed, and saving the conversation failed afterwards; the user pays for what is nowhere to be seen",
  "safety": "delete removes the session with what depends on it (undoable); the billing records stay, they do not refer to it by a foreign key",
  "requires": ["isol8"],
  "supersedes": ["empty-session", "named-empty-session"],
  "repairs": [
    {"name": "delete", "applicability": "unsafe",
     "changes": [{"delete": "session", "key": {"id": "{id}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, MIN(s.created_at) AS created_at, COUNT(*) AS billed, MAX(u.created_at) AS last_billed_at
FROM session s
JOIN isol8_usage u ON u.scope = s.scope AND u.session_id = s.id
WHERE s.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM message m WHERE m.scope = s.scope AND m.session_id = s.id)
GROUP BY s.source, s.scope, s.id
HAVING MAX(u.created_at) < :now - :grace
