/*
{ "id": "taskless-session", "severity": "warning", "subject": "session",
  "title": "session has no task",
  "message": "session {id} is {status} and has no task",
  "why": "every session is made for a task; without it nothing stops the session, puts it to sleep or cleans it up",
  "requires": ["sam-sessions-have-tasks"] }
*/
SELECT s.source, s.scope, s.id, s.status, s.created_at
FROM session s
WHERE s.task_id IS NULL
  AND s.created_at < :now - :grace
