/*
{ "id": "message-role-unknown", "severity": "error", "subject": "message",
  "title": "message has a role that the application does not know",
  "message": "message {id} of session {session_id} has the role '{role}'",
  "why": "roles are free text in the store and a fixed list in the application: loading the conversation fails on such a message",
  "requires": ["isol8"] }
*/
SELECT m.source, m.scope, m.id, m.session_id, m.role
FROM message m
WHERE m.role NOT IN ('user', 'assistant', 'system')
  AND m.created_at < :now - :grace
