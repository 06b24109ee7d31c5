/*
{ "id": "duplicate-task-session", "severity": "error", "subject": "task",
  "title": "task has several sessions",
  "message": "task {id} has {sessions} sessions, from {session_id} to {other_session_id}",
  "why": "starting the task twice, or by two ways at once, made a session each; what was said in one is not seen in the other",
  "requires": ["one-session-per-task"] }
*/
SELECT t.source, t.scope, t.id, COUNT(*) AS sessions, MIN(s.id) AS session_id, MAX(s.id) AS other_session_id
FROM task t
JOIN session s ON s.scope = t.scope AND s.task_id = t.id
GROUP BY t.source, t.scope, t.id
HAVING COUNT(*) > 1 AND MAX(s.created_at) < :now - :grace
