SELECT s.id FROM workspaces w JOIN p.chat_sessions s ON s.workspace_id = w.id WHERE w.project_id = :project AND w.status = 'running' AND
s.status = 'stopped' AND coalesce(s.ended_at, s.updated_at) < (1772366400000-600000) AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.id =
s.task_id AND t.status IN ('completed','failed','cancelled')) AND NOT EXISTS (SELECT 1 FROM p.chat_sessions o WHERE o.workspace_id = w.id
AND o.status = 'active');
