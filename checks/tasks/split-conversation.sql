/*
{ "id": "split-conversation", "severity": "error", "subject": "task",
  "title": "task has one session with the user's message and another with the workspace",
  "message": "task {id}: the user's message is in session {session_id}, workspace {workspace_id} belongs to session {other_session_id}",
  "why": "the session was made once when the task was submitted and again when its workspace was; the agent works in a session that never heard what was asked",
  "safety": "merging gives the workspace to the session that holds the user's message; the messages of the other one have to move there, so look first",
  "requires": ["one-session-per-task"],
  "supersedes": ["duplicate-task-session"],
  "repairs": [
    {"name": "merge", "applicability": "manual",
     "changes": [{"update": "session", "key": {"id": "{session_id}"}, "set": {"workspace_id": "{workspace_id}"}}, {"update": "workspace", "key": {"id": "{workspace_id}"}, "set": {"session_id": "{session_id}"}}]} ] }
*/
SELECT t.source, t.scope, t.id, k.id AS session_id, o.id AS other_session_id, o.workspace_id
FROM task t
JOIN session k ON k.scope = t.scope AND k.task_id = t.id AND k.workspace_id IS NULL
JOIN session o ON o.scope = t.scope AND o.task_id = t.id AND o.workspace_id IS NOT NULL
WHERE k.created_at < :now - :grace
  AND o.created_at < :now - :grace
  AND EXISTS (SELECT 1 FROM message km WHERE km.scope = k.scope AND km.session_id = k.id AND km.role = 'user')
  AND NOT EXISTS (SELECT 1 FROM message om WHERE om.scope = o.scope AND om.session_id = o.id AND om.role = 'user')
