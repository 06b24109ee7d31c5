/*
{ "id": "bench-duplicate-seq",
  "severity": "error",
  "subject": "session",
  "title": "two messages of a session have one place",
  "message": "session {id} has {messages} messages at place {seq}",
  "why": "a check of the benchmark",
  "requires": ["bench"] }
*/
SELECT m.source, m.scope, m.session_id AS id, m.seq, COUNT(*) AS messages
FROM message m
GROUP BY m.source, m.scope, m.session_id, m.seq
HAVING COUNT(*) > 1
