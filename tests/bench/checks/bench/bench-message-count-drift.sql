/*
{ "id": "bench-message-count-drift",
  "severity": "error",
  "subject": "session",
  "title": "session counts its messages wrongly",
  "message": "session {id} counts {message_count} messages and has {messages}",
  "why": "a check of the benchmark",
  "requires": ["bench"] }
*/
SELECT s.source, s.scope, s.id, s.message_count, COALESCE(c.messages, 0) AS messages
FROM session s
LEFT JOIN (SELECT m.scope, m.session_id, COUNT(*) AS messages FROM message m GROUP BY m.scope, m.session_id) c
  ON c.scope = s.scope AND c.session_id = s.id
WHERE COALESCE(c.messages, 0) <> s.message_count
