/*
{ "id": "agent-still-running", "severity": "error", "subject": "sam_agent",
  "title": "agent counts as stopped and still runs",
  "message": "agent session {id} is stopped in the control database; in session {session_id} it is running",
  "why": "the stop reached one store and not the other; the agent goes on, and nobody can reach it to stop it" }
*/
SELECT a.source, a.scope, a.id, a.workspace_id, p.session_id, a.updated_at
FROM sam_acp p
JOIN sam_agent a ON a.scope = p.scope AND a.id = p.id
JOIN session s ON s.scope = p.scope AND s.id = p.session_id
WHERE p.status = 'running'
  AND a.status = 'stopped'
  AND s.state = 'active'
  AND a.updated_at < :now - :grace
