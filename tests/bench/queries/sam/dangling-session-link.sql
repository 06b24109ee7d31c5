SELECT w.id FROM workspaces w WHERE w.project_id = :project AND w.chat_session_id IS NOT NULL AND w.created_at < '2026-03-01T11:50:00.000Z'
AND NOT EXISTS (SELECT 1 FROM p.chat_sessions s WHERE s.id = w.chat_session_id);
