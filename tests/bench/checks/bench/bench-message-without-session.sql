/*
{ "id": "bench-message-without-session",
  "severity": "error",
  "subject": "message",
  "title": "message belongs to no session",
  "message": "message {id} names session {session_id}, which does not exist",
  "why": "a check of the benchmark",
  "requires": ["bench"] }
*/
SELECT m.source, m.scope, m.id, m.session_id, m.created_at
FROM (SELECT DISTINCT d.scope, d.session_id FROM message d) g
JOIN message m ON m.scope = g.scope AND m.session_id = g.session_id
WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.scope = g.scope AND s.id = g.session_id)
