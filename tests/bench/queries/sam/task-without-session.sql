SELECT t.id FROM tasks t WHERE t.project_id = :project AND t.status IN ('queued','delegated','in_progress') AND t.chat_session_id IS NULL
AND t.updated_at < '2026-03-01T11:50:00.000Z' AND NOT EXISTS (SELECT 1 FROM p.chat_sessions s WHERE s.task_id = t.id) AND t.admission_state
IS NULL AND NOT EXISTS (SELECT 1 FROM tasks r WHERE r.recovery_source_task_id = t.id);
