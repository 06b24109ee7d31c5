SELECT m.id FROM p.chat_messages m WHERE m.created_at < (1772366400000-600000) AND NOT EXISTS (SELECT 1 FROM p.chat_sessions s WHERE s.id =
m.session_id);
