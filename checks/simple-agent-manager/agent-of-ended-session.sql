/*
{ "id": "agent-of-ended-session", "severity": "error", "subject": "sam_acp",
  "title": "agent works in a session that has ended",
  "message": "agent {id} is {status}; its session {session_id} is {session_status}",
  "why": "ending the session did not stop its agent; it goes on spending tokens, and what it says is not shown",
  "supersedes": ["agent-without-heartbeat"] }
*/
SELECT p.source, p.scope, p.id, p.status, p.session_id, s.status AS session_status, s.ended_at
FROM sam_acp p
JOIN session s ON s.scope = p.scope AND s.id = p.session_id
WHERE p.status IN ('assigned', 'running')
  AND s.state IN ('ended', 'failed')
  AND COALESCE(s.ended_at, s.updated_at, 0) < :now - :grace
