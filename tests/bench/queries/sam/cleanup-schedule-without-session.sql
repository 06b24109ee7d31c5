SELECT c.session_id FROM p.idle_cleanup_schedule c WHERE c.terminal_state IS NULL AND c.created_at < (1772366400000-600000) AND NOT EXISTS
(SELECT 1 FROM p.chat_sessions s WHERE s.id = c.session_id);
