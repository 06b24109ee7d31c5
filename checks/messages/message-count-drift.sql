/*
{ "id": "message-count-drift", "severity": "warning", "subject": "session",
  "title": "session counts its messages wrongly",
  "message": "session {id} counts {message_count} [message|messages] and has {messages}",
  "why": "the count is kept beside the messages and not with them; a write that fails between the two leaves it wrong, and limits, lists and synchronization go by it",
  "safety": "recount sets the count to the number of messages that are there",
  "requires": ["sessions-count-messages"],
  "repairs": [
    {"name": "recount", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"message_count": "{messages}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.message_count, COALESCE(c.messages, 0) AS messages, c.last_message_at
FROM session s
LEFT JOIN (SELECT m.scope, m.session_id, COUNT(*) AS messages, MAX(m.created_at) AS last_message_at
           FROM message m GROUP BY m.scope, m.session_id) c
  ON c.scope = s.scope AND c.session_id = s.id
WHERE COALESCE(c.messages, 0) <> s.message_count
  AND COALESCE(c.last_message_at, s.created_at, 0) < :now - :grace
