/*
{ "id": "session-without-task", "severity": "error", "subject": "session",
  "title": "session works on a task that does not exist",
  "message": "session {id} names task {task_id}, which does not exist",
  "why": "the task was deleted while foreign keys were off; whatever looks up the session's task fails or finds nothing",
  "safety": "unset-task clears a link that leads nowhere; the session stays as it is",
  "requires": ["sessions-name-existing-tasks"],
  "repairs": [
    {"name": "unset-task", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"task_id": null}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.task_id, s.status
FROM session s
WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.scope = s.scope AND t.id = s.task_id)
  AND s.task_id IS NOT NULL
  AND COALESCE(s.created_at, 0) < :now - :grace
