/*
{ "id": "workspace-linked-one-way", "severity": "error", "subject": "workspace",
  "title": "workspace names its task but the task does not name it",
  "message": "workspace {id} was made for task {task_id}, which names no workspace",
  "why": "making the workspace and linking it are two steps; without the second, the task's sessions start in the wrong directory and the workspace is never removed",
  "safety": "link writes the only workspace that the task has into the task",
  "requires": ["links-are-cleared"],
  "repairs": [
    {"name": "link", "applicability": "safe",
     "changes": [{"update": "task", "key": {"id": "{task_id}"}, "set": {"workspace_id": "{id}"}}]} ] }
*/
-- Of several workspaces that name one task the ones that are done step back; where that leaves more than one, see workspace-link-ambiguous.
SELECT w.source, w.scope, w.id, w.task_id, w.status
FROM (SELECT a.scope, a.task_id, COUNT(*) AS workspaces, SUM(CASE WHEN a.state <> 'ended' THEN 1 ELSE 0 END) AS unfinished
      FROM workspace a
      JOIN task t ON t.scope = a.scope AND t.id = a.task_id
      WHERE t.workspace_id IS NULL
        AND COALESCE(t.updated_at, t.created_at, 0) < :now - :grace
      GROUP BY a.scope, a.task_id) c
JOIN workspace w ON w.scope = c.scope AND w.task_id = c.task_id
WHERE (w.state <> 'ended' AND c.unfinished = 1)
   OR (w.state = 'ended' AND c.workspaces = 1)
