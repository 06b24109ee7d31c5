/*
{ "id": "task-without-session-link", "severity": "error", "subject": "task",
  "title": "task does not name its session",
  "message": "task {id} is {status} and names no session; session {session_id} works on it",
  "why": "recovery and sleep find the session through the task; without the link a restarted task talks to nobody",
  "safety": "link writes the task's only session into it",
  "requires": ["sam-tasks-name-sessions"],
  "optional": ["hold"],
  "repairs": [
    {"name": "link", "applicability": "safe",
     "changes": [{"update": "task", "key": {"id": "{id}"}, "set": {"session_id": "{session_id}"}}]} ] }
*/
SELECT t.source, t.scope, t.id, t.status, s.id AS session_id
FROM session s
JOIN task t ON t.scope = s.scope AND t.id = s.task_id
WHERE t.session_id IS NULL
  AND t.status NOT IN ('draft', 'ready', 'queued')
  AND s.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM hold h
                  WHERE h.scope = s.scope AND h.relation = 'session' AND h.id = s.id AND h.reason = 'waking')
  AND NOT EXISTS (SELECT 1 FROM hold r
                  WHERE r.scope = t.scope AND r.relation = 'task' AND r.id = t.id AND r.reason = 'replaced')
