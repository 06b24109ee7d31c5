SELECT s.id FROM p.chat_sessions s WHERE s.status = 'active' AND s.workspace_id IS NOT NULL AND s.created_at < (1772366400000-600000) AND
NOT EXISTS (SELECT 1 FROM workspaces w WHERE w.id = s.workspace_id) AND NOT EXISTS (SELECT 1 FROM session_snapshots h WHERE
h.chat_session_id = s.id AND h.recovery_status = 'waking');
