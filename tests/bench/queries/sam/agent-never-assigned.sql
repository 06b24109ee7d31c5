SELECT q.id FROM p.acp_sessions q WHERE q.status = 'pending' AND q.created_at < (1772366400000-3600000);
