SELECT s.id FROM p.chat_sessions s WHERE s.status = 'sleeping' AND s.updated_at < (1772366400000-600000) AND NOT EXISTS (SELECT 1 FROM
session_snapshots n WHERE n.chat_session_id = s.id);
