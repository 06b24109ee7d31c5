SELECT s.id, s.task_id, s.status
FROM sessions s
WHERE s.task_id IS NOT NULL AND s.created_at < ':cutoff' AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.id = s.task_id);
