SELECT t.id FROM tasks t JOIN p.chat_sessions s ON s.task_id = t.id WHERE t.project_id = :project AND t.chat_session_id IS NULL AND t.status
NOT IN ('draft','ready','queued') AND s.created_at < (1772366400000-600000) AND NOT EXISTS (SELECT 1 FROM session_snapshots h WHERE
h.chat_session_id = s.id AND h.recovery_status = 'waking') AND NOT EXISTS (SELECT 1 FROM tasks r WHERE r.recovery_source_task_id = t.id);
