/*
{ "id": "unanswered-message", "severity": "error", "subject": "session",
  "title": "session ends with a user's message that was never answered",
  "message": "the last message of session {id} is the user's, of {last_message_at}",
  "why": "question and answer were saved one after the other and the second save failed; the answer is lost and the next turn starts from a broken conversation",
  "requires": ["messages-come-in-pairs"] }
*/
SELECT s.source, s.scope, s.id,
       (SELECT MAX(l.created_at) FROM message l WHERE l.scope = s.scope AND l.session_id = s.id) AS last_message_at
FROM session s
-- Of messages that are saved at the same moment the answer is the last.
WHERE CASE WHEN (SELECT m.role FROM message m
                 WHERE m.scope = s.scope AND m.session_id = s.id AND m.created_at IS NOT NULL
                 ORDER BY m.created_at DESC, m.seq DESC, CASE WHEN m.role = 'user' THEN 1 ELSE 0 END LIMIT 1) = 'user'
           THEN (SELECT MAX(l.created_at) FROM message l WHERE l.scope = s.scope AND l.session_id = s.id) END < :now - :grace
