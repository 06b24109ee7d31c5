/*
{ "id": "session-without-times", "severity": "error", "subject": "session",
  "title": "session does not say when it was made or changed",
  "message": "session {id} has no time of creation or of its last change",
  "why": "the columns allow NULL and the application does not: reading the list of sessions fails on such a row",
  "requires": ["isol8"],
  "supersedes": ["empty-session", "named-empty-session"] }
*/
SELECT s.source, s.scope, s.id, s.created_at, s.updated_at
FROM session s
WHERE s.created_at IS NULL OR s.updated_at IS NULL
