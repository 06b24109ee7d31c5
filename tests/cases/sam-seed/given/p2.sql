-- second project: one active session, counted as three
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-other-1', 's-other', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-other-2', 's-other', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-other', 'w-other', 's-other', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-other');

-- projects: counts and index as they are
INSERT INTO do_meta (key, value) VALUES ('projectId', 'p2');
