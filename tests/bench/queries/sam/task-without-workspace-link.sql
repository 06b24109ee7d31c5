SELECT t.id FROM tasks t JOIN p.chat_sessions s ON s.task_id = t.id JOIN workspaces w ON w.id = s.workspace_id WHERE t.project_id = :project
AND t.status IN ('queued','delegated','in_progress') AND t.workspace_id IS NULL AND w.created_at < '2026-03-01T11:50:00.000Z' AND NOT EXISTS
(SELECT 1 FROM session_snapshots h WHERE h.chat_session_id = s.id AND h.recovery_status = 'waking') AND NOT EXISTS (SELECT 1 FROM tasks r
WHERE r.recovery_source_task_id = t.id);
