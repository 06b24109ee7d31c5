-- old project: made with a workspace: has no task; one names a task that is gone
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-plain-1', 's-plain', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-plain-2', 's-plain', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-old-1', 's-old', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-old-2', 's-old', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-counted-1', 's-counted', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-counted-2', 's-counted', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-plain', 'w-plain', 's-plain', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, NULL);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-old', NULL, 's-old', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-old-gone');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-counted', 'w-counted', 's-counted', 'active', 5, 1772355600000, NULL, 1772355600000, 1772359200000, 't-counted');

-- its name: 
INSERT INTO do_meta (key, value) VALUES ('projectId', 'p2');
