-- the control database alone
SELECT t.id FROM tasks t WHERE t.status IN ('queued','delegated') AND t.updated_at < '2026-03-01T10:00:00.000Z' AND t.admission_state IS
NULL AND NOT EXISTS (SELECT 1 FROM tasks r WHERE r.recovery_source_task_id = t.id);
