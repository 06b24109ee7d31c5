SELECT s.id, s.updated_at, (SELECT MAX(l.created_at) FROM messages l WHERE l.session_id = s.id) FROM sessions s
WHERE EXISTS (SELECT 1 FROM messages m WHERE m.session_id = s.id AND m.created_at > s.updated_at + interval '10 seconds' AND m.created_at < :cutoff);
