/*
{ "id": "message-before-session", "severity": "warning", "subject": "session",
  "title": "session has a message that is older than itself",
  "message": "session {id} was created {created_at}, its first message is of {first_message_at}",
  "why": "the session was made again after its conversation had begun, or one of the two times was written by a wrong clock; what sorts, bills or expires by them is wrong",
  "requires": ["sessions-precede-messages"],
  "params": {"tolerance": "1m"} }
*/
SELECT s.source, s.scope, s.id, s.created_at,
       (SELECT MIN(f.created_at) FROM message f WHERE f.scope = s.scope AND f.session_id = s.id) AS first_message_at
FROM session s
WHERE s.created_at < :now - :grace
  AND EXISTS (SELECT 1 FROM message m
              WHERE m.scope = s.scope AND m.session_id = s.id AND m.created_at < s.created_at - :tolerance)
