SELECT s.id, s.status, s.created_at
FROM (SELECT k.rowid AS r FROM sessions k WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.session_id = k.id)) f
JOIN sessions s ON s.rowid = f.r
WHERE s.created_at < :cutoff_ms;
