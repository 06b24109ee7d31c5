SELECT c.id, c.session_id, c.status
FROM session_commands c
WHERE c.created_at < ':cutoff' AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = c.session_id);
