SELECT m.id, m.session_id, m.created_at FROM messages m
WHERE m.created_at < :cutoff AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = m.session_id);
