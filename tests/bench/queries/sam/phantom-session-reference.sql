SELECT DISTINCT r.session_id FROM p.activity_events r WHERE r.session_id IS NOT NULL AND r.created_at < (1772366400000-600000) AND NOT
EXISTS (SELECT 1 FROM p.chat_sessions s WHERE s.id = r.session_id) AND NOT EXISTS (SELECT 1 FROM p.acp_sessions a WHERE a.id = r.session_id);
