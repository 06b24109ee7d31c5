SELECT m.id, m.session_id, m.created_at
FROM (SELECT DISTINCT session_id FROM messages) g
JOIN messages m ON m.session_id = g.session_id
WHERE NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = g.session_id);
