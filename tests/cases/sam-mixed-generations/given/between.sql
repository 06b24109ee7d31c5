-- Migrations up to 010.
DROP TABLE chat_messages_grouped_fts;
DROP TABLE chat_messages_grouped;
DROP TABLE session_state;
DROP TABLE workspace_activity;
DROP TABLE chat_session_ideas;
DROP INDEX idx_chat_sessions_created_by;
ALTER TABLE chat_sessions DROP COLUMN materialized_at;
ALTER TABLE chat_sessions DROP COLUMN created_by_user_id;
ALTER TABLE chat_messages DROP COLUMN origin;
DROP INDEX idx_idle_cleanup_schedule_active_cleanup_at;
DROP INDEX idx_idle_cleanup_schedule_terminal;
ALTER TABLE idle_cleanup_schedule DROP COLUMN terminal_state;
INSERT INTO do_meta VALUES ('projectId', 'p3');
INSERT INTO chat_sessions (id, status, message_count, started_at, created_at, updated_at, ended_at, task_id) VALUES ('s-between', 'stopped', 1, 1772355600000, 1772355600000, 1772359200000, 1772359200000, 't-between-gone');
INSERT INTO acp_sessions (id, chat_session_id, status, last_heartbeat_at, created_at, updated_at) VALUES ('a-between', 's-between', 'running', 1772366340000, 1772355600000, 1772366340000);
