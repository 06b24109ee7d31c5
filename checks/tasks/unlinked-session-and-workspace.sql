/*
{ "id": "unlinked-session-and-workspace", "severity": "error", "subject": "task",
  "title": "task's session and workspace do not know each other",
  "message": "task {id} has session {session_id} and workspace {workspace_id}, and neither names the other",
  "why": "linking them was the last step of starting the task and never happened: messages of the workspace find no session, and the idle clean-up finds no workspace",
  "safety": "link writes each into the other; the task has no other session, and no other workspace",
  "requires": ["workspaces-name-sessions"],
  "repairs": [
    {"name": "link", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{session_id}"}, "set": {"workspace_id": "{workspace_id}"}}, {"update": "workspace", "key": {"id": "{workspace_id}"}, "set": {"session_id": "{session_id}"}}]} ] }
*/
SELECT t.source, t.scope, t.id, s.id AS session_id, w.id AS workspace_id, w.status AS workspace_status
FROM session s
JOIN task t ON t.scope = s.scope AND t.id = s.task_id
JOIN workspace w ON w.scope = t.scope AND w.id = t.workspace_id
WHERE s.workspace_id IS NULL
  AND w.session_id IS NULL
  AND s.created_at < :now - :grace
  AND w.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session o WHERE o.scope = s.scope AND o.task_id = s.task_id AND o.id <> s.id)
  AND NOT EXISTS (SELECT 1 FROM session u WHERE u.scope = w.scope AND u.workspace_id = w.id)
