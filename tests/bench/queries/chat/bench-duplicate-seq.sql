SELECT session_id, seq, count(*) FROM messages GROUP BY session_id, seq HAVING count(*) > 1;
