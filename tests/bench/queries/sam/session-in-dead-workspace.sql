SELECT s.id FROM p.chat_sessions s JOIN workspaces w ON w.id = s.workspace_id WHERE s.status = 'active' AND w.status IN
('stopped','deleted','error') AND w.updated_at < '2026-03-01T11:50:00.000Z' AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.id = s.task_id AND
t.status IN ('completed','failed','cancelled')) AND NOT EXISTS (SELECT 1 FROM session_snapshots h WHERE h.chat_session_id = s.id AND
(h.recovery_status = 'waking' OR (h.status IN ('available','degraded') AND h.expires_at > '2026-03-01T12:00:00.000Z')));
