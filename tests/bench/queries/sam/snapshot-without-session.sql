SELECT n.id FROM session_snapshots n WHERE n.project_id = :project AND n.created_at < '2026-03-01T11:50:00.000Z' AND NOT EXISTS (SELECT 1
FROM p.chat_sessions s WHERE s.id = n.chat_session_id);
