-- index not complete: third project
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-inc-1', 's-inc', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-inc-2', 's-inc', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-inc', 'w-inc', 's-inc', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-inc');

-- near-miss: one session has just begun, one has just ended, and the count does not know yet
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-begun', NULL, 's-begun', 'active', 0, 1772366395000, NULL, 1772366395000, 1772366395000, 't-begun');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-over', NULL, 's-over', 'stopped', 0, 1772359200000, 1772366392000, 1772359200000, 1772366392000, 't-over');

-- projects: counts and index as they are
INSERT INTO do_meta (key, value) VALUES ('projectId', 'p3');
