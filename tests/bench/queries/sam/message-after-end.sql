SELECT s.id FROM p.chat_sessions s WHERE s.status IN ('stopped','failed','error') AND EXISTS (SELECT 1 FROM p.chat_messages m WHERE
m.session_id = s.id AND m.created_at > s.ended_at + 600000);
