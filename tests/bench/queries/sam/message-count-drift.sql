SELECT s.id FROM p.chat_sessions s LEFT JOIN (SELECT session_id, count(*) AS n, max(created_at) AS last FROM p.chat_messages GROUP BY
session_id) c ON c.session_id = s.id WHERE coalesce(c.n, 0) <> s.message_count AND coalesce(c.last, s.created_at) < (1772366400000-600000);
