/*
{ "id": "session-behind-messages", "severity": "warning", "subject": "session",
  "title": "session claims an older change than its last message",
  "message": "session {id} was last changed {updated_at}, but has a message of {last_message_at}",
  "why": "the time was not written with the message; lists that sort by it show the conversation in the wrong place, and clean-ups take it for abandoned",
  "safety": "set-to-last-message moves the time to that of the newest message",
  "requires": ["sessions-change-with-messages"],
  "params": {"tolerance": "10s"},
  "repairs": [
    {"name": "set-to-last-message", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"updated_at": "{last_message_at}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.updated_at,
       (SELECT MAX(l.created_at) FROM message l WHERE l.scope = s.scope AND l.session_id = s.id) AS last_message_at
FROM session s
WHERE EXISTS (SELECT 1 FROM message m
              WHERE m.scope = s.scope AND m.session_id = s.id
                AND m.created_at > s.updated_at + :tolerance AND m.created_at < :now - :grace)
