SELECT s.id, s.status, s.task_id, p.id
FROM projects p JOIN tasks t ON t.project_id = p.id JOIN sessions s ON s.task_id = t.id
WHERE p.status = 'archived' AND p.updated_at < ':cutoff' AND s.status IN ('running', 'working', 'idle', 'human_takeover') AND s.created_at < ':cutoff';
