INSERT INTO do_meta VALUES ('projectId', 'p1');

-- to be merged: what was said before and after the workspace came, in both; everything that can name a session names the one that goes
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-a1', NULL, 's-a1', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-a');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-a2', 'w-a', 's-a2', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359600000, 't-a');
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-1', 's-a1', 'user', 'this is m-1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-2', 's-a2', 'assistant', 'this is m-2', 1772355780000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-3', 's-a2', 'assistant', 'this is m-3', 1772355840000, 2);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-4', 's-a1', 'user', 'this is m-4', 1772355900000, 7);
INSERT INTO chat_messages_grouped (id, session_id, role, content, created_at) VALUES ('g-1', 's-a2', 'assistant', 'umbrella found', 1772355780000);
INSERT INTO chat_messages_grouped_fts(rowid, content) SELECT rowid, content FROM chat_messages_grouped WHERE id = 'g-1';
INSERT INTO acp_sessions (id, chat_session_id, workspace_id, status, last_heartbeat_at, created_at, updated_at) VALUES ('a-1', 's-a2', 'w-a', 'running', 1772366340000, 1772355600000, 1772366340000);
INSERT INTO acp_sessions (id, chat_session_id, parent_session_id, status, created_at, updated_at) VALUES ('a-0', 's-a2', 'a-1', 'completed', 1772355600000, 1772366340000);
INSERT INTO acp_session_events (id, acp_session_id, to_status, actor_type, created_at) VALUES ('ae-1', 'a-1', 'running', 'system', 1772355600000);
INSERT INTO chat_session_ideas (session_id, task_id, created_at) VALUES ('s-a2', 't-idea', 1772355600000);
INSERT INTO chat_session_ideas (session_id, task_id, created_at) VALUES ('s-a1', 't-both', 1772355600000);
INSERT INTO chat_session_ideas (session_id, task_id, created_at) VALUES ('s-a2', 't-both', 1772355600000);
INSERT INTO session_attention_markers (id, session_id, kind, source, created_at) VALUES ('am-1', 's-a2', 'question', 'agent', 1772355600000);
INSERT INTO comment_threads (id, session_id, message_id, body, author_type, author_id, created_at, updated_at, sequence) VALUES ('ct-1', 's-a2', 'm-2', 'why?', 'human', 'u1', 1772355900000, 1772355900000, 1);
INSERT INTO comment_replies (id, thread_id, session_id, body, author_type, author_id, created_at, sequence) VALUES ('cr-1', 'ct-1', 's-a2', 'because', 'agent', 'a-1', 1772355960000, 2);
INSERT INTO comment_status_mutations (thread_id, session_id, client_mutation_id, target_status, thread_version, created_at) VALUES ('ct-1', 's-a2', 'cm-1', 'resolved', 1, 1772355960000);
INSERT INTO session_inbox (id, target_session_id, message_type, content, created_at) VALUES ('in-1', 's-a2', 'note', 'look', 1772355600000);
INSERT INTO checkpoint_episodes (id, session_id, acp_session_id, prompt_epoch, reason, state, created_at, updated_at) VALUES ('ce-1', 's-a2', 'a-1', 1, 'idle', 'completed', 1772355600000, 1772355600000);
INSERT INTO workspace_activity (workspace_id, session_id, last_message_at, created_at) VALUES ('w-a', 's-a2', 1772355840000, 1772355600000);
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, task_id, cleanup_at, created_at) VALUES ('s-a2', 'w-a', 't-a', 1772370000000, 1772355600000);
INSERT INTO session_state (session_id, activity, activity_at) VALUES ('s-a1', 'idle', 1772355700000);
INSERT INTO session_state (session_id, activity, activity_at) VALUES ('s-a2', 'idle', 1772355900000);
INSERT INTO activity_events (id, event_type, actor_type, workspace_id, session_id, created_at) VALUES ('ev-1', 'session.started', 'system', 'w-a', 's-a2', 1772355600000);

-- the one with the workspace is empty
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-e1', NULL, 's-e1', 'active', 1, 1772355600000, NULL, 1772355600000, 1772359200000, 't-e');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-e2', 'w-e', 's-e2', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, 't-e');
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-e1', 's-e1', 'user', 'this is m-e1', 1772355720000, 1);

-- not merged: three sessions
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-b1', NULL, 's-b1', 'active', 1, 1772355600000, NULL, 1772355600000, 1772359200000, 't-b');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-b2', 'w-b', 's-b2', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, 't-b');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-b3', NULL, 's-b3', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, 't-b');
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-b1', 's-b1', 'user', 'this is m-b1', 1772355720000, 1);

-- not merged: the agent wrote a minute ago
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-c1', NULL, 's-c1', 'active', 1, 1772355600000, NULL, 1772355600000, 1772359200000, 't-c');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-c2', 'w-c', 's-c2', 'active', 1, 1772355600000, NULL, 1772355600000, 1772359200000, 't-c');
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-c1', 's-c1', 'user', 'this is m-c1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-c2', 's-c2', 'assistant', 'this is m-c2', 1772366340000, 1);

-- not merged: another workspace names the session that would go
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-d1', NULL, 's-d1', 'active', 1, 1772355600000, NULL, 1772355600000, 1772359200000, 't-d');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-d2', 'w-d', 's-d2', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, 't-d');
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-d1', 's-d1', 'user', 'this is m-d1', 1772355720000, 1);

-- not merged: the session that would stay is over, the other is not
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-f1', NULL, 's-f1', 'stopped', 1, 1772355600000, 1772356200000, 1772355600000, 1772359200000, 't-f');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-f2', 'w-f', 's-f2', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, 't-f');
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-f1', 's-f1', 'user', 'this is m-f1', 1772355720000, 1);

-- healthy: one session with all of it; the other one lists the task as an idea
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-h1', 'w-h', 's-h1', 'active', 1, 1772355600000, NULL, 1772355600000, 1772359200000, 't-h');
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-h1', 's-h1', 'user', 'this is m-h1', 1772355720000, 1);
INSERT INTO chat_session_ideas (session_id, task_id, created_at) VALUES ('s-e1', 't-h', 1772355600000);
-- What was learned in the session that goes, and the rule that was made of it.
INSERT INTO knowledge_entities VALUES ('ke-1', 'n', 't', NULL, 1772355600000, 1772355600000);
INSERT INTO knowledge_observations (id, entity_id, content, source_session_id, created_at, last_confirmed_at) VALUES ('ko-1', 'ke-1', 'c', 's-a2', 1772355600000, 1772355600000),
  ('ko-2', 'ke-1', 'c', NULL, 1772355600000, 1772355600000), ('ko-3', 'ke-1', 'of a session that is long gone', 's-old', 1772355600000, 1772355600000);
INSERT INTO project_policies (id, category, title, content, source_session_id, created_at, updated_at) VALUES ('pp-1', 'c', 't', 'c', 's-a2', 1772355600000, 1772355600000);
