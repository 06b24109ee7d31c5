/*
{ "id": "org-session-not-member", "severity": "warning", "subject": "session",
  "title": "session belongs to an organisation that its user is not a member of",
  "message": "session {id} of user {user_id} belongs to organisation {org_id}, which the user is not a member of",
  "why": "the user left the organisation and the session stayed; neither the user nor the organisation can decrypt or remove it",
  "requires": ["isol8"] }
*/
SELECT s.source, s.scope, s.id, s.user_id, s.org_id
FROM session s
WHERE s.org_id IS NOT NULL
  AND (s.created_at IS NULL OR s.created_at < :now - :grace)
  AND EXISTS (SELECT 1 FROM isol8_user u WHERE u.scope = s.scope AND u.id = s.user_id)
  AND NOT EXISTS (SELECT 1 FROM isol8_membership m
                  WHERE m.scope = s.scope AND m.user_id = s.user_id AND m.org_id = s.org_id)
