SELECT s.id, s.created_at, (SELECT MIN(f.created_at) FROM messages f WHERE f.session_id = s.id) FROM sessions s
WHERE s.created_at < :cutoff
  AND EXISTS (SELECT 1 FROM messages m WHERE m.session_id = s.id AND m.created_at < s.created_at - interval '1 minute');
