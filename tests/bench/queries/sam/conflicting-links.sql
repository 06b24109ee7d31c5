SELECT s.id FROM workspaces a JOIN p.chat_sessions s ON s.id = a.chat_session_id JOIN workspaces b ON b.id = s.workspace_id WHERE
a.project_id = :project AND a.id <> b.id AND (b.chat_session_id IS NULL OR b.chat_session_id <> s.id) AND s.created_at <
(1772366400000-600000) AND a.created_at < '2026-03-01T11:50:00.000Z' AND NOT EXISTS (SELECT 1 FROM session_snapshots h WHERE
h.chat_session_id = s.id AND h.recovery_status = 'waking');
