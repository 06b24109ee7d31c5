SELECT s.id, s.created_at FROM sessions s
WHERE s.created_at < :cutoff AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.session_id = s.id);
