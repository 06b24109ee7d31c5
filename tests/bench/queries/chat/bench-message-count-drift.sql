SELECT id, message_count, messages
FROM (SELECT s.id, s.message_count, (SELECT count(*) FROM messages m WHERE m.session_id = s.id) AS messages FROM sessions s)
WHERE messages <> message_count;
