SELECT a.id FROM p.acp_sessions q JOIN agent_sessions a ON a.id = q.id JOIN p.chat_sessions s ON s.id = q.chat_session_id WHERE q.status =
'running' AND a.status = 'stopped' AND s.status = 'active' AND a.updated_at < '2026-03-01T11:50:00.000Z';
