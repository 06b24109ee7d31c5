SELECT s.id FROM p.chat_sessions s JOIN tasks t ON t.id = s.task_id WHERE s.status = 'active' AND t.status IN
('completed','failed','cancelled') AND coalesce(t.completed_at, t.updated_at) < '2026-03-01T11:55:00.000Z' AND NOT EXISTS (SELECT 1 FROM
session_snapshots h WHERE h.chat_session_id = s.id AND h.recovery_status = 'waking') AND NOT EXISTS (SELECT 1 FROM tasks r WHERE
r.recovery_source_task_id = t.id);
