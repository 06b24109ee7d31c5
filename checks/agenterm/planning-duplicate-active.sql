/*
{ "id": "planning-duplicate-active", "severity": "warning", "subject": "agenterm_planning",
  "title": "requirement has more than one active planning session",
  "message": "planning session {id} of requirement {requirement_id} is active beside the newer {newest_planning_id}",
  "why": "planning was started twice; two agents plan the same thing, and the blueprint that is saved last wins",
  "safety": "mark-failed keeps the older planning session, but its agent may still be working",
  "repairs": [
    {"name": "mark-failed", "applicability": "unsafe",
     "changes": [{"update": "agenterm_planning", "key": {"id": "{id}"}, "set": {"status": "failed"}}]} ] }
*/
WITH ranked AS (
  SELECT p.source, p.scope, p.id, p.requirement_id, p.created_at,
         FIRST_VALUE(p.id) OVER (PARTITION BY p.scope, p.requirement_id ORDER BY p.created_at DESC, p.id DESC) AS newest_planning_id
  FROM agenterm_planning p
  WHERE p.status = 'active'
    AND p.created_at < :now - :grace
)
SELECT r.source, r.scope, r.id, r.requirement_id, r.newest_planning_id
FROM ranked r
WHERE r.id <> r.newest_planning_id
