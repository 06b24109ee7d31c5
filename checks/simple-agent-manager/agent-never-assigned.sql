/*
{ "id": "agent-never-assigned", "severity": "error", "subject": "sam_acp",
  "title": "agent was never given a machine",
  "message": "agent {id} of session {session_id} is pending since {created_at}",
  "why": "whatever was to assign it gave up; the session waits for an agent that never comes",
  "params": {"limit": "1h"} }
*/
SELECT p.source, p.scope, p.id, p.session_id, p.created_at
FROM sam_acp p
WHERE p.status = 'pending'
  AND p.created_at < :now - :limit
