/*
{ "id": "session-without-user-message", "severity": "error", "subject": "session",
  "title": "session of a task has messages but none of the user's",
  "message": "session {id} of task {task_id} has messages, and none of them is the user's",
  "why": "the first message is stored when the task is submitted; without it nobody knows what the agent was asked",
  "requires": ["sam-tasks-begin-with-a-message"] }
*/
SELECT s.source, s.scope, s.id, s.status, s.task_id
FROM session s
WHERE s.task_id IS NOT NULL
  AND s.created_at < :now - :grace
  AND EXISTS (SELECT 1 FROM message m WHERE m.scope = s.scope AND m.session_id = s.id)
  AND NOT EXISTS (SELECT 1 FROM message u WHERE u.scope = s.scope AND u.session_id = s.id AND u.role = 'user')
  AND NOT EXISTS (SELECT 1 FROM session o WHERE o.scope = s.scope AND o.task_id = s.task_id AND o.id <> s.id)
