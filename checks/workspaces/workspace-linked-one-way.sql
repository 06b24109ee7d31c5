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
SELECT w.source, w.scope, w.id, w.task_id, w.status
FROM workspace w
JOIN task t ON t.scope = w.scope AND t.id = w.task_id
WHERE t.workspace_id IS NULL
  AND COALESCE(t.updated_at, t.created_at, 0) < :now - :grace
  -- With several, the ones that are done step back; where that leaves more than one, see workspace-link-ambiguous.
  AND NOT EXISTS (SELECT 1 FROM workspace o
                  WHERE o.scope = w.scope AND o.task_id = w.task_id AND o.id <> w.id
                    AND (o.state <> 'ended' OR w.state = 'ended'))
