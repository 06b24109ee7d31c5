SELECT s.id FROM p.idle_cleanup_schedule c JOIN p.chat_sessions s ON s.id = c.session_id WHERE c.terminal_state IS NULL AND c.cleanup_at <
(1772366400000-3600000) AND s.status NOT IN ('stopped','failed','error');
