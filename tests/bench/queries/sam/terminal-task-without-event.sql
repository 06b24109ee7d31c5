-- the control database alone
SELECT t.id FROM tasks t WHERE t.status IN ('completed','failed','cancelled') AND coalesce(t.completed_at, t.updated_at) <
'2026-03-01T11:50:00.000Z' AND NOT EXISTS (SELECT 1 FROM task_status_events e WHERE e.task_id = t.id AND e.to_status = t.status);
