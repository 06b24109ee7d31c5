/*
{ "id": "bench-session-without-messages",
  "severity": "error",
  "subject": "session",
  "title": "session has no messages",
  "message": "session {id} has no messages",
  "why": "a check of the benchmark",
  "requires": ["bench"] }
*/
SELECT s.source, s.scope, s.id, s.status, s.created_at
FROM session s
WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.scope = s.scope AND m.session_id = s.id)
  AND s.created_at < :now - :grace
