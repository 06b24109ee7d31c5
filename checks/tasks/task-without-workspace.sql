/*
{ "id": "task-without-workspace", "severity": "error", "subject": "task",
  "title": "task names a workspace that does not exist",
  "message": "task {id} names workspace {workspace_id}, which does not exist",
  "why": "the workspace was removed without clearing the link; sessions of the task are started in a directory that nobody made",
  "safety": "unset-workspace clears a link that leads nowhere",
  "requires": ["links-are-cleared"],
  "repairs": [
    {"name": "unset-workspace", "applicability": "safe",
     "changes": [{"update": "task", "key": {"id": "{id}"}, "set": {"workspace_id": null}}]} ] }
*/
SELECT t.source, t.scope, t.id, t.workspace_id, t.status
FROM task t
WHERE NOT EXISTS (SELECT 1 FROM workspace w WHERE w.scope = t.scope AND w.id = t.workspace_id)
  AND t.workspace_id IS NOT NULL
  AND COALESCE(t.updated_at, t.created_at, 0) < :now - :grace
