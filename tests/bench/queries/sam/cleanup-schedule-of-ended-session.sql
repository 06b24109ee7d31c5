SELECT s.id FROM p.idle_cleanup_schedule c JOIN p.chat_sessions s ON s.id = c.session_id WHERE c.terminal_state IS NULL AND s.status IN
('stopped','failed','error') AND coalesce(s.ended_at, s.updated_at) < (1772366400000-600000);
