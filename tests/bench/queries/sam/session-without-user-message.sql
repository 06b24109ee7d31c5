SELECT s.id FROM p.chat_sessions s WHERE s.task_id IS NOT NULL AND s.created_at < (1772366400000-600000) AND EXISTS (SELECT 1 FROM
p.chat_messages m WHERE m.session_id = s.id) AND NOT EXISTS (SELECT 1 FROM p.chat_messages u WHERE u.session_id = s.id AND u.role = 'user')
AND NOT EXISTS (SELECT 1 FROM p.chat_sessions o WHERE o.task_id = s.task_id AND o.id <> s.id);
