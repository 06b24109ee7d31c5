SELECT s.id FROM p.chat_sessions s JOIN tasks t ON t.id = s.task_id WHERE s.status = 'active' AND s.agent_completed_at <
(1772366400000-4200000) AND s.updated_at < (1772366400000-4200000) AND t.status = 'in_progress' AND t.task_mode = 'task' AND NOT EXISTS
(SELECT 1 FROM p.idle_cleanup_schedule c WHERE c.session_id = s.id);
