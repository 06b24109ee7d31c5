SELECT s.id FROM workspaces w JOIN p.chat_sessions s ON s.id = w.chat_session_id WHERE w.project_id = :project AND s.workspace_id IS NULL
AND w.created_at < '2026-03-01T11:50:00.000Z' AND s.created_at < (1772366400000-600000) AND NOT EXISTS (SELECT 1 FROM session_snapshots h
WHERE h.chat_session_id = s.id AND h.recovery_status = 'waking');
