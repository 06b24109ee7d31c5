SELECT w.id FROM workspaces w WHERE w.project_id = :project AND w.status = 'running' AND w.chat_session_id IS NULL AND w.created_at <
'2026-03-01T11:50:00.000Z' AND NOT EXISTS (SELECT 1 FROM p.chat_sessions s WHERE s.workspace_id = w.id) AND NOT EXISTS (SELECT 1 FROM tasks
t WHERE t.workspace_id = w.id AND (t.status IN ('queued','delegated','in_progress') OR EXISTS (SELECT 1 FROM p.chat_sessions ts WHERE
ts.task_id = t.id)));
