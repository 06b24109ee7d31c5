/*
{ "id": "project-with-several-active-runs", "severity": "error", "subject": "agenterm_project",
  "title": "project has more than one active run",
  "message": "project {id} has run {run_id} active beside the newer {newest_run_id}",
  "why": "a run was started without ending the one before; what advances the stages picks one of them, and the other never ends",
  "identity": ["run_id"] }
*/
WITH ranked AS (
  SELECT r.source, r.scope, r.project_id, r.id,
         FIRST_VALUE(r.id) OVER (PARTITION BY r.scope, r.project_id ORDER BY r.created_at DESC, r.id DESC) AS newest_run_id
  FROM agenterm_run r
  WHERE r.status = 'active'
    AND r.created_at < :now - :grace
)
SELECT r.source, r.scope, r.project_id AS id, r.id AS run_id, r.newest_run_id
FROM ranked r
WHERE r.id <> r.newest_run_id
