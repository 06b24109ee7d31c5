SELECT s.task_id FROM p.chat_sessions s JOIN tasks t ON t.id = s.task_id WHERE s.task_id IS NOT NULL GROUP BY s.task_id HAVING count(*) > 1
AND max(s.created_at) < (1772366400000-600000);
