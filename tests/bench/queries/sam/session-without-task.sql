SELECT s.id FROM p.chat_sessions s WHERE s.task_id IS NOT NULL AND s.created_at < (1772366400000-600000) AND NOT EXISTS (SELECT 1 FROM tasks
t WHERE t.id = s.task_id);
