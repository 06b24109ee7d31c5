/*
{ "id": "workspace-without-task", "severity": "error", "subject": "workspace",
  "title": "workspace was made for a task that does not exist",
  "message": "workspace {id} names task {task_id}, which does not exist",
  "why": "the task was deleted while foreign keys were off; the workspace is never cleaned up, because that happens with its task",
  "safety": "unset-task clears a link that leads nowhere; the row and the directory stay",
  "requires": ["links-are-cleared"],
  "repairs": [
    {"name": "unset-task", "applicability": "safe",
     "changes": [{"update": "workspace", "key": {"id": "{id}"}, "set": {"task_id": null}}]} ] }
*/
SELECT w.source, w.scope, w.id, w.task_id, w.status
FROM workspace w
WHERE w.task_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.scope = w.scope AND t.id = w.task_id)
