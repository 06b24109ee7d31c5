SELECT s.id FROM p.chat_sessions s WHERE s.task_id IS NULL AND s.created_at < (1772366400000-600000);
