SELECT s.id, l.created_at FROM sessions s
CROSS JOIN LATERAL (SELECT m.role, m.created_at FROM messages m WHERE m.session_id = s.id ORDER BY m.created_at DESC, m.role = 'user' LIMIT 1) l
WHERE l.role = 'user' AND l.created_at < :cutoff;
