SELECT s.id FROM p.chat_sessions s WHERE s.updated_at < (1772366400000-600000) AND ((s.status IN ('stopped','failed','error') AND s.ended_at
IS NULL) OR (s.status IN ('active','sleeping') AND s.ended_at IS NOT NULL));
