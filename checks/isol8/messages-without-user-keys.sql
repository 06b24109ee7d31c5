/*
{ "id": "messages-without-user-keys", "severity": "warning", "subject": "session",
  "title": "session holds encrypted messages of a user without keys",
  "message": "session {id} holds {messages} [message|messages], and user {user_id} has no encryption keys",
  "why": "messages of a personal session are encrypted for its user's key; when the user's keys were deleted they can no longer be read",
  "requires": ["isol8"] }
*/
SELECT s.source, s.scope, s.id, s.user_id, COUNT(*) AS messages
FROM isol8_user u
JOIN session s ON s.scope = u.scope AND s.user_id = u.id
JOIN message m ON m.scope = s.scope AND m.session_id = s.id
WHERE u.has_keys = 0
  AND s.org_id IS NULL
GROUP BY s.source, s.scope, s.id, s.user_id
HAVING MAX(m.created_at) < :now - :grace
