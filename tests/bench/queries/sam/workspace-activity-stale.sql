SELECT a.workspace_id FROM p.workspace_activity a LEFT JOIN p.chat_sessions s ON s.id = a.session_id WHERE a.session_id IS NOT NULL AND
a.created_at < (1772366400000-600000) AND (s.id IS NULL OR s.workspace_id <> a.workspace_id OR (s.status IN ('stopped','failed','error') AND
s.ended_at < (1772366400000-86400000)));
