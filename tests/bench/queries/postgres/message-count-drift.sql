SELECT s.id, s.message_count, COALESCE(c.messages, 0), c.last_at FROM sessions s
LEFT JOIN (SELECT session_id, COUNT(*) AS messages, MAX(created_at) AS last_at FROM messages GROUP BY session_id) c ON c.session_id = s.id
WHERE COALESCE(c.messages, 0) <> s.message_count AND COALESCE(c.last_at, s.created_at) < :cutoff;
