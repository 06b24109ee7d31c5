-- the control database alone
SELECT a.id FROM agent_sessions a JOIN workspaces w ON w.id = a.workspace_id WHERE a.status = 'running' AND w.status IN
('stopped','deleted','error') AND w.updated_at < '2026-03-01T11:50:00.000Z';
