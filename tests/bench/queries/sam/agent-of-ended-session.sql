SELECT q.id FROM p.acp_sessions q JOIN p.chat_sessions s ON s.id = q.chat_session_id WHERE q.status IN ('assigned','running') AND s.status
IN ('stopped','failed','error') AND coalesce(s.ended_at, s.updated_at) < (1772366400000-600000);
