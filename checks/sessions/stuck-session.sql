/*
{ "id": "stuck-session", "severity": "error", "subject": "session",
  "title": "session goes on although its task has ended",
  "message": "session {id} is {status}; its task {task_id} is {task_status} since {task_ended_at}",
  "why": "ending the task and stopping its session are two steps; the second failed, so the session is counted, shown and paid for as if somebody worked in it",
  "safety": "mark-ended keeps the session and its messages",
  "requires": ["sessions-end-with-tasks"],
  "optional": ["hold"],
  "params": {"limit": "5m"},
  "repairs": [
    {"name": "mark-ended", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "ended", "ended_at": ":now"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, t.id AS task_id, t.status AS task_status, t.ended_at AS task_ended_at
FROM session s
JOIN task t ON t.scope = s.scope AND t.id = s.task_id
WHERE s.state IN ('pending', 'active')
  AND t.state IN ('ended', 'failed', 'skipped')
  AND t.ended_at < :now - :limit
  AND NOT EXISTS (SELECT 1 FROM hold h
                  WHERE h.scope = s.scope AND h.relation = 'session' AND h.id = s.id AND h.reason = 'waking')
  AND NOT EXISTS (SELECT 1 FROM hold r
                  WHERE r.scope = t.scope AND r.relation = 'task' AND r.id = t.id AND r.reason = 'replaced')
