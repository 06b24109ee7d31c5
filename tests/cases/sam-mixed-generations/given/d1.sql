-- new project: one session has no task
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-new', 'p1', 'u1', 't-new', 'in_progress', 'w-new', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-new', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-new', 't-new', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-new', 'u1', 'w-new', 'r', 'running', 's', 'l', 'p1', 's-new', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- projects: counts and index as they are
INSERT INTO users (id, email) VALUES ('u1', 'u1@example.org');
INSERT INTO github_installations (id, user_id, installation_id, account_type, account_name) VALUES ('g1', 'u1', '1', 'User', 'u1');
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p1', 'u1', 'p1', 'p1', 'g1', 'org/p1', 'u1', 2);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-new', 'p1', 'u1', 'active', 's-new', 't-new', 'w-new', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-taskless', 'p1', 'u1', 'active', 's-taskless', NULL, NULL, 0, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_index_coverage (project_id, synced_at, session_count, complete) VALUES ('p1', 1772366100000, 0, 1);

-- old project: as the control database knows it
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-plain', 'u1', 'w-plain', 'r', 'running', 's', 'l', 'p2', 's-plain', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-counted', 'u1', 'w-counted', 'r', 'running', 's', 'l', 'p2', 's-counted', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-counted', 'p2', 'u1', 't-counted', 'in_progress', 'w-counted', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-counted', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-counted', 't-counted', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p2', 'u1', 'p2', 'p2', 'g1', 'org/p2', 'u1', 2);

-- project in between: has agents, but neither groups nor states
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p3', 'u1', 'p3', 'p3', 'g1', 'org/p3', 'u1', 0);
