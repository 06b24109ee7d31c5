INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, created_at, updated_at, active_session_count) VALUES ('p1', 'u1', 'p1', 'p1', 'i', 'r', 'u1', '2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z', 13);

-- to be merged: what was said before and after the workspace came, in both; everything that can name a session names the one that goes
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-a', 'p1', 'u1', 't-a', 'in_progress', 'w-a', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-a2', 'task');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-a', 'u1', 'w-a', 'r', 'running', 's', 'l', 'p1', 's-a2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
INSERT INTO session_snapshots (id, project_id, workspace_id, user_id, chat_session_id, runtime, status, manifest_r2_key, expires_at, created_at, updated_at) VALUES ('n-a', 'p1', 'w-a', 'u1', 's-a2', 'vm', 'available', 'k', '2026-03-02T12:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, updated_at, created_at, synced_at) VALUES ('s-a1', 'p1', 'u1', 'active', 's-a1', 't-a', NULL, 2, 1772355600000, 1772359200000, 1772355600000, 1772359300000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, updated_at, created_at, synced_at) VALUES ('s-a2', 'p1', 'u1', 'active', 's-a2', 't-a', 'w-a', 2, 1772355600000, 1772359600000, 1772355600000, 1772359700000);

-- the one with the workspace is empty
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-e', 'p1', 'u1', 't-e', 'in_progress', 'w-e', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-e1', 'task');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-e', 'u1', 'w-e', 'r', 'running', 's', 'l', 'p1', 's-e2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- not merged: three sessions
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-b', 'p1', 'u1', 't-b', 'in_progress', 'w-b', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-b1', 'task');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-b', 'u1', 'w-b', 'r', 'running', 's', 'l', 'p1', 's-b2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- not merged: the agent wrote a minute ago
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-c', 'p1', 'u1', 't-c', 'in_progress', 'w-c', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-c1', 'task');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-c', 'u1', 'w-c', 'r', 'running', 's', 'l', 'p1', 's-c2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- not merged: another workspace names the session that would go
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-d', 'p1', 'u1', 't-d', 'in_progress', 'w-d', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-d1', 'task');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-d', 'u1', 'w-d', 'r', 'running', 's', 'l', 'p1', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-d9', 'u1', 'w-d9', 'r', 'running', 's', 'l', 'p1', 's-d2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- not merged: the session that would stay is over, the other is not
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-f', 'p1', 'u1', 't-f', 'in_progress', 'w-f', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-f1', 'task');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-f', 'u1', 'w-f', 'r', 'running', 's', 'l', 'p1', 's-f2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- healthy: one session with all of it; the other one lists the task as an idea
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-h', 'p1', 'u1', 't-h', 'in_progress', 'w-h', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-h1', 'task');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-h', 'u1', 'w-h', 'r', 'running', 's', 'l', 'p1', 's-h1', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
