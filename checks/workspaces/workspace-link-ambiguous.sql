/*
{ "id": "workspace-link-ambiguous", "severity": "warning", "subject": "task",
  "title": "task names no workspace and several were made for it",
  "message": "task {id} names no workspace; {workspaces} name it, from {workspace_id} to {other_workspace_id}",
  "why": "linking a new workspace failed more than once; the task's sessions start in the wrong directory, and only a person can tell which one is meant",
  "requires": ["links-are-cleared"] }
*/
SELECT t.source, t.scope, t.id, COUNT(*) AS workspaces, MIN(w.id) AS workspace_id, MAX(w.id) AS other_workspace_id
FROM workspace w
JOIN task t ON t.scope = w.scope AND t.id = w.task_id
WHERE t.workspace_id IS NULL
  AND COALESCE(t.updated_at, t.created_at, 0) < :now - :grace
GROUP BY t.source, t.scope, t.id
HAVING SUM(CASE WHEN w.state <> 'ended' THEN 1 ELSE 0 END) > 1
    OR (COUNT(*) > 1 AND SUM(CASE WHEN w.state <> 'ended' THEN 1 ELSE 0 END) = 0)
