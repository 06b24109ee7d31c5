-- fault: in the only project that can be read
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-a', 'p1', 'u1', 't-a', 'in_progress', 'w-a', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-a', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-a', 't-a', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-a', 'u1', 'w-a', 'r', 'running', 's', 'l', 'p1', 's-a', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-oneway', 'p1', 'u1', 't-oneway', 'in_progress', 'w-oneway', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-oneway', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-oneway', 't-oneway', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-oneway', 'u1', 'w-oneway', 'r', 'running', 's', 'l', 'p1', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- project p2: its file cannot be read
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p2', 'p2', 'u1', 't-p2', 'in_progress', 'w-p2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-p2', 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p2-none', 'p2', 'u1', 't-p2-none', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', NULL, 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p2', 't-p2', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p2-none', 't-p2-none', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-p2', 'u1', 'w-p2', 'r', 'running', 's', 'l', 'p2', 's-p2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- project p3: its file cannot be read
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p3', 'p3', 'u1', 't-p3', 'in_progress', 'w-p3', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-p3', 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p3-none', 'p3', 'u1', 't-p3-none', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', NULL, 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p3', 't-p3', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p3-none', 't-p3-none', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-p3', 'u1', 'w-p3', 'r', 'running', 's', 'l', 'p3', 's-p3', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- project p4: its file cannot be read
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p4', 'p4', 'u1', 't-p4', 'in_progress', 'w-p4', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-p4', 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p4-none', 'p4', 'u1', 't-p4-none', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', NULL, 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p4', 't-p4', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p4-none', 't-p4-none', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-p4', 'u1', 'w-p4', 'r', 'running', 's', 'l', 'p4', 's-p4', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- project p5: its file cannot be read
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p5', 'p5', 'u1', 't-p5', 'in_progress', 'w-p5', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-p5', 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p5-none', 'p5', 'u1', 't-p5-none', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', NULL, 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p5', 't-p5', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p5-none', 't-p5-none', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-p5', 'u1', 'w-p5', 'r', 'running', 's', 'l', 'p5', 's-p5', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- project p6: its file cannot be read
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p6', 'p6', 'u1', 't-p6', 'in_progress', 'w-p6', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-p6', 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p6-none', 'p6', 'u1', 't-p6-none', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', NULL, 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p6', 't-p6', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p6-none', 't-p6-none', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-p6', 'u1', 'w-p6', 'r', 'running', 's', 'l', 'p6', 's-p6', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- index: of sessions in files that cannot be read
INSERT INTO session_summaries (id, project_id, user_id, status, message_count, started_at, updated_at) VALUES ('s-p2', 'p2', 'u1', 'active', 0, 1772280000000, 1772280000000);

-- projects: counts and index as they are
INSERT INTO users (id, email) VALUES ('u1', 'u1@example.org');
INSERT INTO github_installations (id, user_id, installation_id, account_type, account_name) VALUES ('g1', 'u1', '1', 'User', 'u1');
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p1', 'u1', 'p1', 'p1', 'g1', 'org/p1', 'u1', 3);
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p2', 'u1', 'p2', 'p2', 'g1', 'org/p2', 'u1', 1);
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p3', 'u1', 'p3', 'p3', 'g1', 'org/p3', 'u1', 1);
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p4', 'u1', 'p4', 'p4', 'g1', 'org/p4', 'u1', 1);
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p5', 'u1', 'p5', 'p5', 'g1', 'org/p5', 'u1', 1);
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p6', 'u1', 'p6', 'p6', 'g1', 'org/p6', 'u1', 1);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-a', 'p1', 'u1', 'active', 's-a', 't-a', 'w-a', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-taskless', 'p1', 'u1', 'active', 's-taskless', NULL, NULL, 0, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-oneway', 'p1', 'u1', 'active', 's-oneway', 't-oneway', 'w-oneway', 0, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_index_coverage (project_id, synced_at, session_count, complete) VALUES ('p1', 1772366100000, 0, 1);
INSERT INTO session_index_coverage (project_id, synced_at, session_count, complete) VALUES ('p2', 1772366100000, 0, 1);
INSERT INTO session_index_coverage (project_id, synced_at, session_count, complete) VALUES ('p3', 1772366100000, 0, 1);
INSERT INTO session_index_coverage (project_id, synced_at, session_count, complete) VALUES ('p4', 1772366100000, 0, 1);
INSERT INTO session_index_coverage (project_id, synced_at, session_count, complete) VALUES ('p5', 1772366100000, 0, 1);
INSERT INTO session_index_coverage (project_id, synced_at, session_count, complete) VALUES ('p6', 1772366100000, 0, 1);
