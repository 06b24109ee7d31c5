SELECT s.id, (SELECT min(f.created_at) FROM messages f WHERE f.session_id = s.id) FROM sessions s
WHERE CASE WHEN (SELECT m.role FROM messages m WHERE m.session_id = s.id AND m.created_at IS NOT NULL
                 ORDER BY m.created_at, CASE WHEN m.role = 'assistant' THEN 1 ELSE 0 END LIMIT 1) = 'assistant'
           THEN (SELECT min(f.created_at) FROM messages f WHERE f.session_id = s.id) END < :cutoff;
