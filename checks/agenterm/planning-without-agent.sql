/*
{ "id": "planning-without-agent", "severity": "error", "subject": "agenterm_planning",
  "title": "planning session names an agent session that does not exist",
  "message": "planning session {id} names agent session {session_id}, which does not exist",
  "why": "the agent session was deleted while foreign keys were off; opening the planning session fails",
  "safety": "unset-agent clears a link that leads nowhere; the plan stays",
  "repairs": [
    {"name": "unset-agent", "applicability": "safe",
     "changes": [{"update": "agenterm_planning", "key": {"id": "{id}"}, "set": {"session_id": null}}]} ] }
*/
SELECT p.source, p.scope, p.id, p.session_id, p.status
FROM agenterm_planning p
WHERE p.session_id IS NOT NULL
  AND COALESCE(p.updated_at, p.created_at, 0) < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.scope = p.scope AND s.id = p.session_id)
