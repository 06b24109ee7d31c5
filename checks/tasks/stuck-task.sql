/*
{ "id": "stuck-task", "severity": "error", "subject": "task",
  "title": "task has been waiting to start for too long",
  "message": "task {id} is still {status}; it was last changed {updated_at}",
  "why": "whatever was to start it gave up or died; the task waits for ever, and what was reserved for it stays reserved",
  "safety": "mark-failed keeps the task and all that refers to it; it can be submitted again",
  "requires": ["pending-tasks-are-brief"],
  "optional": ["hold"],
  "params": {"limit": "2h"},
  "repairs": [
    {"name": "mark-failed", "applicability": "safe",
     "changes": [{"update": "task", "key": {"id": "{id}"}, "set": {"state": "failed"}}]} ] }
*/
SELECT t.source, t.scope, t.id, t.status, COALESCE(t.updated_at, t.created_at) AS updated_at
FROM task t
WHERE t.state = 'pending'
  AND COALESCE(t.updated_at, t.created_at) < :now - :limit
  AND NOT EXISTS (SELECT 1 FROM hold h
                  WHERE h.scope = t.scope AND h.relation = 'task' AND h.id = t.id AND (h."until" IS NULL OR h."until" > :now))
