-- fault: in the only project that can be read
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-a-1', 's-a', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-a-2', 's-a', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-a', 'w-a', 's-a', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-a');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-taskless', NULL, 's-taskless', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, NULL);

-- fault: only one side of the link is there; which takes both stores to see
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-oneway', 'w-oneway', 's-oneway', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, 't-oneway');

-- projects: counts and index as they are
INSERT INTO do_meta (key, value) VALUES ('projectId', 'p1');
