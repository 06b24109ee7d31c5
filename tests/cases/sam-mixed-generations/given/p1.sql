-- new project: one session has no task
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-new-1', 's-new', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-new-2', 's-new', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-new', 'w-new', 's-new', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-new');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-taskless', NULL, 's-taskless', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, NULL);

-- projects: counts and index as they are
INSERT INTO do_meta (key, value) VALUES ('projectId', 'p1');
