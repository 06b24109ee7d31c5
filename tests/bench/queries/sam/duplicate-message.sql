SELECT DISTINCT b.session_id FROM p.chat_messages a JOIN p.chat_messages b ON b.session_id = a.session_id AND b.content = a.content AND b.id
<> a.id AND b.role = 'user' WHERE a.role = 'user' AND a.content <> '' AND b.created_at BETWEEN a.created_at AND a.created_at + 10000 AND
(b.created_at > a.created_at OR b.id > a.id) AND b.created_at < (1772366400000-600000);
