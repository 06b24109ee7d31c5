SELECT t.id FROM tasks t LEFT JOIN p.chat_sessions s ON s.id = t.chat_session_id WHERE t.project_id = :project AND t.chat_session_id IS NOT
NULL AND t.updated_at < '2026-03-01T11:50:00.000Z' AND (s.id IS NULL OR (s.task_id <> t.id AND s.task_id <>
coalesce(t.recovery_source_task_id, '')));
