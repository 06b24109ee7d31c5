SELECT k.task_id FROM p.chat_sessions k JOIN p.chat_sessions o ON o.task_id = k.task_id AND o.id <> k.id WHERE k.workspace_id IS NULL AND
o.workspace_id IS NOT NULL AND k.created_at < (1772366400000-600000) AND o.created_at < (1772366400000-600000) AND EXISTS (SELECT 1 FROM
p.chat_messages m WHERE m.session_id = k.id AND m.role = 'user') AND NOT EXISTS (SELECT 1 FROM p.chat_messages m WHERE m.session_id = o.id
AND m.role = 'user') AND EXISTS (SELECT 1 FROM tasks t WHERE t.id = k.task_id);
