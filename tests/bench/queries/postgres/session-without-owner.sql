SELECT s.id, s.user_id, s.created_at FROM sessions s
WHERE s.created_at < :cutoff AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = s.user_id);
