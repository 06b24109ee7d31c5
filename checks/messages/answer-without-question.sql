/*
{ "id": "answer-without-question", "severity": "error", "subject": "session",
  "title": "session begins with an answer",
  "message": "the first message of session {id} is the assistant's, of {first_message_at}",
  "why": "a conversation is begun by its user; the question that the answer belongs to was lost or deleted",
  "requires": ["messages-come-in-pairs"] }
*/
SELECT s.source, s.scope, s.id,
       (SELECT MIN(f.created_at) FROM message f WHERE f.scope = s.scope AND f.session_id = s.id) AS first_message_at
FROM session s
-- Of messages that are saved at the same moment the question is the first.
WHERE CASE WHEN (SELECT m.role FROM message m
                 WHERE m.scope = s.scope AND m.session_id = s.id AND m.created_at IS NOT NULL
                 ORDER BY m.created_at, m.seq, CASE WHEN m.role = 'assistant' THEN 1 ELSE 0 END LIMIT 1) = 'assistant'
           THEN (SELECT MIN(f.created_at) FROM message f WHERE f.scope = s.scope AND f.session_id = s.id) END < :now - :grace
