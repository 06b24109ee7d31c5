/*
{ "id": "planning-agent-ended", "severity": "warning", "subject": "agenterm_planning",
  "title": "planning session is active but its agent has ended",
  "message": "planning session {id} is {status}; its agent session {session_id} is {session_status}",
  "why": "the agent ended without saving a plan and nobody told the planning session; its requirement waits for a plan that will not come",
  "safety": "mark-failed keeps the planning session and all that refers to it",
  "repairs": [
    {"name": "mark-failed", "applicability": "safe",
     "changes": [{"update": "agenterm_planning", "key": {"id": "{id}"}, "set": {"status": "failed"}}]} ] }
*/
SELECT p.source, p.scope, p.id, p.status, p.session_id, s.status AS session_status
FROM agenterm_planning p
JOIN session s ON s.scope = p.scope AND s.id = p.session_id
WHERE p.status = 'active'
  AND s.state IN ('ended', 'failed')
  AND COALESCE(s.active_at, 0) < :now - :grace
  AND COALESCE(p.created_at, 0) < :now - :grace
