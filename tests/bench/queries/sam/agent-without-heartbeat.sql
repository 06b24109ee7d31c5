SELECT q.id FROM p.acp_sessions q WHERE q.status = 'running' AND coalesce(q.last_heartbeat_at, q.updated_at) < (1772366400000-600000);
