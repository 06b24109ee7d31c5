/*
{ "id": "requirement-not-ready", "severity": "error", "subject": "agenterm_requirement",
  "title": "requirement is still planning although its blueprint is saved",
  "message": "requirement {id} is {status}; planning session {planning_id} is completed with a blueprint",
  "why": "saving the blueprint and moving the requirement on are two steps; without the second it can never be launched",
  "safety": "mark-ready takes the step that was left out",
  "repairs": [
    {"name": "mark-ready", "applicability": "safe",
     "changes": [{"update": "agenterm_requirement", "key": {"id": "{id}"}, "set": {"status": "ready"}}]} ] }
*/
WITH planned AS (
  SELECT p.scope, p.requirement_id, p.id, COALESCE(p.updated_at, p.created_at, 0) AS saved_at,
         ROW_NUMBER() OVER (PARTITION BY p.scope, p.requirement_id
                            ORDER BY COALESCE(p.updated_at, p.created_at, 0) DESC, p.id DESC) AS place
  FROM agenterm_planning p
  WHERE p.status = 'completed' AND p.has_blueprint = 1
)
SELECT r.source, r.scope, r.id, r.status, d.id AS planning_id
FROM agenterm_requirement r
JOIN planned d ON d.scope = r.scope AND d.requirement_id = r.id AND d.place = 1
WHERE r.status = 'planning'
  AND d.saved_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM agenterm_planning a
                  WHERE a.scope = r.scope AND a.requirement_id = r.id AND a.status = 'active')
