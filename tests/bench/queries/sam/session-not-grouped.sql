SELECT s.id FROM p.chat_sessions s WHERE s.materialized_at < (1772366400000-600000) AND NOT EXISTS (SELECT 1 FROM p.chat_messages_grouped g
WHERE g.session_id = s.id) AND EXISTS (SELECT 1 FROM p.chat_messages m WHERE m.session_id = s.id AND m.role <> 'system' AND
coalesce(m.origin, '') <> 'system');
