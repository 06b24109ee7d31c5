/*
{ "id": "session-without-owner", "severity": "error", "subject": "session",
  "title": "session belongs to a user who does not exist",
  "message": "session {id} belongs to user {user_id}, who does not exist",
  "why": "the user was deleted without the sessions; nobody can open or delete them, and what was to be forgotten is still there" }
*/
SELECT s.source, s.scope, s.id, s.user_id, s.created_at
FROM session s
WHERE NOT EXISTS (SELECT 1 FROM owner o WHERE o.scope = s.scope AND o.kind = 'user' AND o.id = s.user_id)
  AND s.user_id IS NOT NULL
  AND (s.created_at IS NULL OR s.created_at < :now - :grace)
