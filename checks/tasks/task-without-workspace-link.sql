/*
{ "id": "task-without-workspace-link", "severity": "error", "subject": "task",
  "title": "task does not name the workspace that its session works in",
  "message": "task {id} is {status} and names no workspace; its session {session_id} works in {workspace_id}",
  "why": "the workspace is found, cleaned up and paid for through its task; without the link it runs for ever",
  "safety": "link writes the workspace of the task's session into the task",
  "requires": ["workspaces-name-sessions"],
  "optional": ["hold"],
  "repairs": [
    {"name": "link", "applicability": "safe",
     "changes": [{"update": "task", "key": {"id": "{id}"}, "set": {"workspace_id": "{workspace_id}"}}]} ] }
*/
SELECT t.source, t.scope, t.id, t.status, s.id AS session_id, w.id AS workspace_id
FROM session s
JOIN task t ON t.scope = s.scope AND t.id = s.task_id
JOIN workspace w ON w.scope = s.scope AND w.id = s.workspace_id
WHERE t.workspace_id IS NULL
  AND t.state IN ('pending', 'active')
  AND w.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM hold h
                  WHERE h.scope = s.scope AND h.relation = 'session' AND h.id = s.id AND h.reason = 'waking')
  AND NOT EXISTS (SELECT 1 FROM hold r
                  WHERE r.scope = t.scope AND r.relation = 'task' AND r.id = t.id AND r.reason = 'replaced')
