/*
{ "id": "planning-without-blueprint", "severity": "warning", "subject": "agenterm_planning",
  "title": "planning session is completed without a blueprint",
  "message": "planning session {id} of requirement {requirement_id} is completed but has no blueprint",
  "why": "launching the requirement answers with a conflict, because there is nothing to build from" }
*/
SELECT p.source, p.scope, p.id, p.requirement_id
FROM agenterm_planning p
WHERE p.status = 'completed'
  AND p.has_blueprint = 0
  AND COALESCE(p.updated_at, p.created_at, 0) < :now - :grace
