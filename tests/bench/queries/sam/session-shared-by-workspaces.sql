SELECT w.chat_session_id FROM workspaces w JOIN p.chat_sessions s ON s.id = w.chat_session_id WHERE w.project_id = :project GROUP BY
w.chat_session_id HAVING count(*) > 1;
