/*
{ "id": "active-session-lost-task", "severity": "warning", "subject": "session",
  "title": "session is still active although its task was deleted",
  "message": "session {id} is {status} and has no task",
  "why": "every session is started for a task; deleting the task clears the link but does not stop the session, which goes on working for nobody",
  "safety": "mark-ended keeps the row, but the agent behind it may still be working; look before you end it",
  "requires": ["sessions-need-tasks"],
  "repairs": [
    {"name": "mark-ended", "applicability": "unsafe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "ended"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.created_at
FROM session s
WHERE s.task_id IS NULL
  AND s.state IN ('active', 'waiting')
  AND s.created_at < :now - :grace
