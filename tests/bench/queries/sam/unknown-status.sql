SELECT s.id FROM p.chat_sessions s WHERE s.status NOT IN ('active','sleeping','stopped','failed','error') AND s.created_at <
(1772366400000-600000);
