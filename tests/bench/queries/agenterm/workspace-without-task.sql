SELECT w.id, w.task_id, w.status
FROM worktrees w
WHERE w.task_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.id = w.task_id);
