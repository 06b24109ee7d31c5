-- second project: two active sessions, counted as three
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-other-1', 's-other', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-other-2', 's-other', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-other', 'w-other', 's-other', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-other');

-- a session that has just begun excuses one more session, not one fewer
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-new', NULL, 's-new', 'active', 0, 1772366395000, NULL, 1772366395000, 1772366395000, 't-new');

-- projects: counts and index as they are
INSERT INTO do_meta (key, value) VALUES ('projectId', 'p2');
