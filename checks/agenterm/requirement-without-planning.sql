/*
{ "id": "requirement-without-planning", "severity": "warning", "subject": "agenterm_requirement",
  "title": "requirement is planning but has no planning session",
  "message": "requirement {id} is {status} and has no planning session",
  "why": "the requirement was moved to planning and the planning session was never made, or was deleted; nothing moves it on" }
*/
SELECT r.source, r.scope, r.id, r.status
FROM agenterm_requirement r
WHERE r.status = 'planning'
  AND COALESCE(r.updated_at, r.created_at, 0) < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM agenterm_planning p WHERE p.scope = r.scope AND p.requirement_id = r.id)
