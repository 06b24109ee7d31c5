SELECT q.id, q.message_count, q.messages, q.last_at FROM (
  SELECT s.id, s.created_at, s.message_count, COALESCE(c.messages, 0) AS messages,
         (SELECT MAX(l.created_at) FROM messages l WHERE l.session_id = s.id) AS last_at
  FROM sessions s
  LEFT JOIN (SELECT session_id, COUNT(*) AS messages FROM messages GROUP BY session_id) c ON c.session_id = s.id
  WHERE COALESCE(c.messages, 0) <> s.message_count OFFSET 0) q
WHERE COALESCE(q.last_at, q.created_at) < :cutoff;
