SELECT s.id, (SELECT max(l.created_at) FROM messages l WHERE l.session_id = s.id) FROM sessions s
WHERE CASE WHEN (SELECT m.role FROM messages m WHERE m.session_id = s.id AND m.created_at IS NOT NULL
                 ORDER BY m.created_at DESC, CASE WHEN m.role = 'user' THEN 1 ELSE 0 END LIMIT 1) = 'user'
           THEN (SELECT max(l.created_at) FROM messages l WHERE l.session_id = s.id) END < :cutoff;
