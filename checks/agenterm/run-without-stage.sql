/*
{ "id": "run-without-stage", "severity": "warning", "subject": "agenterm_run",
  "title": "active run has no record of its current stage",
  "message": "run {id} is in stage '{stage}', which has no record",
  "why": "moving a run on and recording the stage are two steps; without the second the stage has no start, no evidence and no end" }
*/
SELECT r.source, r.scope, r.id, r.stage
FROM agenterm_run r
WHERE r.status = 'active'
  AND COALESCE(r.updated_at, r.created_at, 0) < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM agenterm_stage_run t WHERE t.scope = r.scope AND t.run_id = r.id AND t.stage = r.stage)
