SELECT c.id, c.session_id, c.status, CAST(strftime('%s', c.created_at) AS INTEGER) * 1000 AS created_at
FROM session_commands c
WHERE c.status IN ('queued', 'sent', 'acked') AND c.created_at < ':cutoff' AND EXISTS (SELECT 1 FROM sessions s WHERE s.id = c.session_id);
