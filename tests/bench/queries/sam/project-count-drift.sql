SELECT pr.id FROM projects pr WHERE pr.id = :project AND pr.active_session_count <> (SELECT count(*) FROM p.chat_sessions s WHERE s.status =
'active');
