SELECT s.task_id FROM p.chat_sessions s JOIN tasks t ON t.id = s.task_id JOIN workspaces w ON w.id = t.workspace_id WHERE s.workspace_id IS
NULL AND w.chat_session_id IS NULL AND s.created_at < (1772366400000-600000) AND w.created_at < '2026-03-01T11:50:00.000Z' AND NOT EXISTS
(SELECT 1 FROM p.chat_sessions o WHERE o.task_id = s.task_id AND o.id <> s.id) AND NOT EXISTS (SELECT 1 FROM p.chat_sessions u WHERE
u.workspace_id = w.id);
