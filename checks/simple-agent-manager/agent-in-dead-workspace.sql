/*
{ "id": "agent-in-dead-workspace", "severity": "error", "subject": "sam_agent",
  "title": "agent counts as running in a workspace that is gone",
  "message": "agent session {id} is running; its workspace {workspace_id} is {workspace_status}",
  "why": "the workspace was stopped without its agents; they are counted, and resumed, as if they still ran",
  "safety": "mark-stopped keeps the row",
  "repairs": [
    {"name": "mark-stopped", "applicability": "safe",
     "changes": [{"update": "sam_agent", "key": {"id": "{id}"}, "set": {"status": "stopped"}}]} ] }
*/
SELECT a.source, a.scope, a.id, w.id AS workspace_id, w.status AS workspace_status, w.updated_at AS workspace_updated_at
FROM sam_agent a
JOIN workspace w ON w.id = a.workspace_id
WHERE a.status = 'running'
  AND w.state IN ('ended', 'failed')
  AND w.updated_at < :now - :grace
