-- healthy: everything names everything
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-ok', 'p1', 'u1', 't-ok', 'in_progress', 'w-ok', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-ok', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-ok', 't-ok', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-ok', 'u1', 'w-ok', 'r', 'running', 's', 'l', 'p1', 's-ok', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- duplicate: two sessions of one task, both with the user message
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-dup', 'p1', 'u1', 't-dup', 'in_progress', 'w-dup', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-dup', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-dup', 't-dup', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-dup', 'u1', 'w-dup', 'r', 'running', 's', 'l', 'p1', 's-dup', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- split: one session holds what the user said, the other has the workspace
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-split', 'p1', 'u1', 't-split', 'in_progress', 'w-split', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-split-1', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-split', 't-split', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-split', 'u1', 'w-split', 'r', 'running', 's', 'l', 'p1', 's-split-2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- no session: live task without any
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-nosession', 'p1', 'u1', 't-nosession', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', NULL, 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-nosession', 't-nosession', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');

-- stuck: queued for three hours
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-stuck', 'p1', 'u1', 't-stuck', 'queued', 'w-stuck', '2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z', 'u1', 's-stuck', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-stuck', 't-stuck', NULL, 'queued', 'system', '2026-03-01T09:00:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-stuck', 'u1', 'w-stuck', 'r', 'running', 's', 'l', 'p1', 's-stuck', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- just under: queued for 119 minutes
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-queued', 'p1', 'u1', 't-queued', 'queued', 'w-queued', '2026-03-01T09:00:00.000Z', '2026-03-01T10:01:00.000Z', 'u1', 's-queued', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-queued', 't-queued', NULL, 'queued', 'system', '2026-03-01T10:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-queued', 'u1', 'w-queued', 'r', 'running', 's', 'l', 'p1', 's-queued', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- event gap: completed, and the only event says in_progress
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-gap', 'p1', 'u1', 't-gap', 'completed', 'w-gap', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-gap', 'task');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-gap', 'u1', 'w-gap', 'r', 'stopped', 's', 'l', 'p1', 's-gap', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');
INSERT INTO task_status_events (id, task_id, to_status, actor_type, created_at) VALUES ('e-t-gap', 't-gap', 'in_progress', 'system', '2026-03-01T09:00:00.000Z');

-- task without workspace: its session has one
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-twl', 'p1', 'u1', 't-twl', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-twl', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-twl', 't-twl', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-twl', 'u1', 'w-twl', 'r', 'running', 's', 'l', 'p1', 's-twl', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- session without task row: task is gone
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-notask', 'u1', 'w-notask', 'r', 'running', 's', 'l', 'p1', 's-notask', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- unknown status: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-status', 'p1', 'u1', 't-status', 'in_progress', 'w-status', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-status', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-status', 't-status', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-status', 'u1', 'w-status', 'r', 'running', 's', 'l', 'p1', 's-status', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- ended without end: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-noend', 'p1', 'u1', 't-noend', 'completed', 'w-noend', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-noend', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-noend', 't-noend', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-noend', 'u1', 'w-noend', 'r', 'stopped', 's', 'l', 'p1', 's-noend', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- open with end: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-openend', 'p1', 'u1', 't-openend', 'in_progress', 'w-openend', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-openend', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-openend', 't-openend', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-openend', 'u1', 'w-openend', 'r', 'running', 's', 'l', 'p1', 's-openend', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- active, task ended: an hour ago
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-late', 'p1', 'u1', 't-late', 'completed', 'w-late', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T11:00:00.000Z', 's-late', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-late', 't-late', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-late', 'u1', 'w-late', 'r', 'running', 's', 'l', 'p1', 's-late', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- active, workspace row gone: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-wgone', 'p1', 'u1', 't-wgone', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-wgone', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-wgone', 't-wgone', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');

-- active, workspace dead: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-wdead', 'p1', 'u1', 't-wdead', 'in_progress', 'w-wdead', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-wdead', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-wdead', 't-wdead', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-wdead', 'u1', 'w-wdead', 'r', 'error', 's', 'l', 'p1', 's-wdead', '2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z');

-- stopped, workspace runs: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-wruns', 'p1', 'u1', 't-wruns', 'in_progress', 'w-wruns', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-wruns', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-wruns', 't-wruns', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-wruns', 'u1', 'w-wruns', 'r', 'running', 's', 'l', 'p1', 's-wruns', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- workspace does not name the session: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-oneway', 'p1', 'u1', 't-oneway', 'in_progress', 'w-oneway', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-oneway', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-oneway', 't-oneway', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-oneway', 'u1', 'w-oneway', 'r', 'running', 's', 'l', 'p1', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- session does not name the workspace: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-nows', 'p1', 'u1', 't-nows', 'in_progress', 'w-nows', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-nows', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-nows', 't-nows', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-nows', 'u1', 'w-nows', 'r', 'running', 's', 'l', 'p1', 's-nows', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- neither names the other: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-both', 'p1', 'u1', 't-both', 'in_progress', 'w-both', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-both', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-both', 't-both', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-both', 'u1', 'w-both', 'r', 'running', 's', 'l', 'p1', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- workspace of nobody: running, unlinked
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-nobody', 'u1', 'w-nobody', 'r', 'running', 's', 'l', 'p1', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- workspace names no session that exists: 
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-dangling', 'u1', 'w-dangling', 'r', 'running', 's', 'l', 'p1', 's-never', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- conflict: A names the session, the session names B, B names another
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-conf', 'p1', 'u1', 't-conf', 'in_progress', 'w-conf', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-conf', 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-conf-2', 'p1', 'u1', 't-conf-2', 'in_progress', 'w-conf-2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-conf-2', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-conf', 't-conf', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-conf-2', 't-conf-2', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-conf', 'u1', 'w-conf', 'r', 'running', 's', 'l', 'p1', 's-conf', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-conf-2', 'u1', 'w-conf-2', 'r', 'running', 's', 'l', 'p1', 's-conf-2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- clean-up overdue: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-overdue', 'p1', 'u1', 't-overdue', 'in_progress', 'w-overdue', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-overdue', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-overdue', 't-overdue', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-overdue', 'u1', 'w-overdue', 'r', 'running', 's', 'l', 'p1', 's-overdue', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- clean-up due soon: or 59 minutes late
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-due', 'p1', 'u1', 't-due', 'in_progress', 'w-due', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-due', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-due', 't-due', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-due', 'u1', 'w-due', 'r', 'running', 's', 'l', 'p1', 's-due', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- clean-up of a stopped session: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-cstop', 'p1', 'u1', 't-cstop', 'completed', 'w-cstop', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-cstop', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-cstop', 't-cstop', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-cstop', 'u1', 'w-cstop', 'r', 'stopped', 's', 'l', 'p1', 's-cstop', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- idle, no clean-up: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-idle', 'p1', 'u1', 't-idle', 'in_progress', 'w-idle', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-idle', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-idle', 't-idle', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-idle', 'u1', 'w-idle', 'r', 'running', 's', 'l', 'p1', 's-idle', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- idle, not yet: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-idle2', 'p1', 'u1', 't-idle2', 'in_progress', 'w-idle2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-idle2', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-idle2', 't-idle2', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-idle2', 'u1', 'w-idle2', 'r', 'running', 's', 'l', 'p1', 's-idle2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- count drift: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-drift', 'p1', 'u1', 't-drift', 'in_progress', 'w-drift', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-drift', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-drift', 't-drift', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-drift', 'u1', 'w-drift', 'r', 'running', 's', 'l', 'p1', 's-drift', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- duplicate message: 9 seconds apart
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-twice', 'p1', 'u1', 't-twice', 'in_progress', 'w-twice', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-twice', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-twice', 't-twice', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-twice', 'u1', 'w-twice', 'r', 'running', 's', 'l', 'p1', 's-twice', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- no user message: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-nouser', 'p1', 'u1', 't-nouser', 'in_progress', 'w-nouser', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-nouser', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-nouser', 't-nouser', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-nouser', 'u1', 'w-nouser', 'r', 'running', 's', 'l', 'p1', 's-nouser', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- message after the end: 11 minutes; 9 are fine
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-after', 'p1', 'u1', 't-after', 'completed', 'w-after', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-after', 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-after9', 'p1', 'u1', 't-after9', 'completed', 'w-after9', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-after9', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-after', 't-after', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-after9', 't-after9', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-after', 'u1', 'w-after', 'r', 'stopped', 's', 'l', 'p1', 's-after', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-after9', 'u1', 'w-after9', 'r', 'stopped', 's', 'l', 'p1', 's-after9', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- agent in a dead workspace: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-agent', 'p1', 'u1', 't-agent', 'completed', 'w-agent', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-agent', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-agent', 't-agent', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-agent', 'u1', 'w-agent', 'r', 'stopped', 's', 'l', 'p1', 's-agent', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');
INSERT INTO agent_sessions (id, workspace_id, user_id, status, created_at, updated_at) VALUES ('a-dead', 'w-agent', 'u1', 'running', '2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z');

-- agent in a live workspace: 
INSERT INTO agent_sessions (id, workspace_id, user_id, status, created_at, updated_at) VALUES ('a-ok', 'w-ok', 'u1', 'running', '2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z');

-- d1 login session: not a chat
INSERT INTO sessions (id, expires_at, token, user_id) VALUES ('login-1', 1772452800000, 'x', 'u1');

-- workspace without project: 
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-noproject', 'u1', 'w-noproject', 'r', 'running', 's', 'l', NULL, NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- mixed time forms: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-mixed', 'p1', 'u1', 't-mixed', 'in_progress', 'w-mixed', '2026-03-01 09:00:00', '2026-03-01 09:01:00', 'u1', 's-mixed', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-mixed', 't-mixed', NULL, 'in_progress', 'system', '2026-03-01 09:01:00');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-mixed', 'u1', 'w-mixed', 'r', 'running', 's', 'l', 'p1', 's-mixed', '2026-03-01 09:00:00', '2026-03-01 09:00:00');

-- no workspace yet: queued a minute ago
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-fresh', 'p1', 'u1', 't-fresh', 'queued', NULL, '2026-03-01T11:59:00.000Z', '2026-03-01T11:59:00.000Z', 'u1', 's-fresh', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-fresh', 't-fresh', NULL, 'queued', 'system', '2026-03-01T11:59:00.000Z');

-- workspace being linked: both made two minutes ago
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-linking', 'p1', 'u1', 't-linking', 'in_progress', 'w-linking', '2026-03-01T11:58:00.000Z', '2026-03-01T11:58:00.000Z', 'u1', 's-linking', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-linking', 't-linking', NULL, 'in_progress', 'system', '2026-03-01T11:58:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-linking', 'u1', 'w-linking', 'r', 'running', 's', 'l', 'p1', NULL, '2026-03-01T11:58:00.000Z', '2026-03-01T11:58:00.000Z');

-- stopped, workspace row gone: keeps the old id
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-hard', 'p1', 'u1', 't-hard', 'completed', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-hard', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-hard', 't-hard', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');

-- no message yet: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-empty', 'p1', 'u1', 't-empty', 'in_progress', 'w-empty', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-empty', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-empty', 't-empty', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-empty', 'u1', 'w-empty', 'r', 'running', 's', 'l', 'p1', 's-empty', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- ideas: have no session
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-draft', 'p1', 'u1', 't-draft', 'draft', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', NULL, 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-ready', 'p1', 'u1', 't-ready', 'ready', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', NULL, 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-draft', 't-draft', NULL, 'draft', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-ready', 't-ready', NULL, 'ready', 'system', '2026-03-01T09:01:00.000Z');

-- just completed: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-just', 'p1', 'u1', 't-just', 'completed', 'w-just', '2026-03-01T09:00:00.000Z', '2026-03-01T11:59:40.000Z', 'u1', '2026-03-01T11:59:40.000Z', 's-just', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-just', 't-just', NULL, 'completed', 'system', '2026-03-01T11:59:40.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-just', 'u1', 'w-just', 'r', 'running', 's', 'l', 'p1', 's-just', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- same word, minutes apart: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-again', 'p1', 'u1', 't-again', 'in_progress', 'w-again', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-again', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-again', 't-again', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-again', 'u1', 'w-again', 'r', 'running', 's', 'l', 'p1', 's-again', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- workspace stopped a minute ago: its session follows
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-stopping', 'p1', 'u1', 't-stopping', 'in_progress', 'w-stopping', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-stopping', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-stopping', 't-stopping', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-stopping', 'u1', 'w-stopping', 'r', 'stopped', 's', 'l', 'p1', 's-stopping', '2026-03-01T09:00:00.000Z', '2026-03-01T11:59:00.000Z');

-- second project: one active session, counted as three
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-new', 'p2', 'u1', 't-new', 'in_progress', NULL, '2026-03-01T11:59:55.000Z', '2026-03-01T11:59:55.000Z', 'u1', 's-new', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-new', 't-new', NULL, 'in_progress', 'system', '2026-03-01T11:59:55.000Z');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-other', 'p2', 'u1', 't-other', 'in_progress', 'w-other', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-other', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-other', 't-other', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-other', 'u1', 'w-other', 'r', 'running', 's', 'l', 'p2', 's-other', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- project without a file: its sessions cannot be read, so nothing is said about them
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p9', 'p9', 'u1', 't-p9', 'in_progress', 'w-p9', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-p9', 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-p9-2', 'p9', 'u1', 't-p9-2', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', NULL, 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p9', 't-p9', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p9-2', 't-p9-2', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-p9', 'u1', 'w-p9', 'r', 'running', 's', 'l', 'p9', 's-p9', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- task does not name its session: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-tnl', 'p1', 'u1', 't-tnl', 'in_progress', 'w-tnl', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', NULL, 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-tnl', 't-tnl', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-tnl', 'u1', 'w-tnl', 'r', 'running', 's', 'l', 'p1', 's-tnl', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- queued, not linked yet: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-tnq', 'p1', 'u1', 't-tnq', 'queued', 'w-tnq', '2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z', 'u1', NULL, 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-tnq', 't-tnq', NULL, 'queued', 'system', '2026-03-01T11:00:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-tnq', 'u1', 'w-tnq', 'r', 'running', 's', 'l', 'p1', 's-tnq', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- task names another task's session: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-mis', 'p1', 'u1', 't-mis', 'in_progress', 'w-mis', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-mis', 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-mis-2', 'p1', 'u1', 't-mis-2', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-mis-x', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-mis', 't-mis', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-mis-2', 't-mis-2', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-mis', 'u1', 'w-mis', 'r', 'running', 's', 'l', 'p1', 's-mis', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- task names no session that exists: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-misgone', 'p1', 'u1', 't-misgone', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-misgone', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-misgone', 't-misgone', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');

-- activity filed wrong: gone, elsewhere, over; and one that is right, one that has none
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-act-old', 'p1', 'u1', 't-act-old', 'completed', NULL, '2026-02-28T06:00:00.000Z', '2026-02-28T06:01:00.000Z', 'u1', '2026-02-28T11:00:00.000Z', 's-act-old', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-act-old', 't-act-old', NULL, 'completed', 'system', '2026-02-28T06:01:00.000Z');

-- materialized without groups: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-mat', 'p1', 'u1', 't-mat', 'completed', 'w-mat', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-mat', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-mat', 't-mat', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-mat', 'u1', 'w-mat', 'r', 'stopped', 's', 'l', 'p1', 's-mat', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- materialized with groups: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-matok', 'p1', 'u1', 't-matok', 'completed', 'w-matok', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-matok', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-matok', 't-matok', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-matok', 'u1', 'w-matok', 'r', 'stopped', 's', 'l', 'p1', 's-matok', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- only injected messages: count, but are not grouped
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-inj', 'p1', 'u1', 't-inj', 'completed', 'w-inj', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-inj', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-inj', 't-inj', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-inj', 'u1', 'w-inj', 'r', 'stopped', 's', 'l', 'p1', 's-inj', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- not materialized yet: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-nomat', 'p1', 'u1', 't-nomat', 'completed', 'w-nomat', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-nomat', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-nomat', 't-nomat', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-nomat', 'u1', 'w-nomat', 'r', 'stopped', 's', 'l', 'p1', 's-nomat', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- agent stopped here, running there: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-acpm', 'p1', 'u1', 't-acpm', 'in_progress', 'w-acpm', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-acpm', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-acpm', 't-acpm', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-acpm', 'u1', 'w-acpm', 'r', 'running', 's', 'l', 'p1', 's-acpm', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
INSERT INTO agent_sessions (id, workspace_id, user_id, status, created_at, updated_at) VALUES ('a-acpm', 'w-acpm', 'u1', 'stopped', '2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z');

-- no heartbeat: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-hb', 'p1', 'u1', 't-hb', 'in_progress', 'w-hb', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-hb', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-hb', 't-hb', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-hb', 'u1', 'w-hb', 'r', 'running', 's', 'l', 'p1', 's-hb', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- heartbeat nine minutes ago: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-hb9', 'p1', 'u1', 't-hb9', 'in_progress', 'w-hb9', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-hb9', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-hb9', 't-hb9', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-hb9', 'u1', 'w-hb9', 'r', 'running', 's', 'l', 'p1', 's-hb9', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- never assigned: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-pend', 'p1', 'u1', 't-pend', 'in_progress', 'w-pend', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-pend', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-pend', 't-pend', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-pend', 'u1', 'w-pend', 'r', 'running', 's', 'l', 'p1', 's-pend', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- agent in an ended session: and without a heartbeat: one cause
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-aend', 'p1', 'u1', 't-aend', 'completed', 'w-aend', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-aend', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-aend', 't-aend', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-aend', 'u1', 'w-aend', 'r', 'stopped', 's', 'l', 'p1', 's-aend', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- missing in the index: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-sumno', 'p1', 'u1', 't-sumno', 'in_progress', 'w-sumno', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-sumno', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-sumno', 't-sumno', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-sumno', 'u1', 'w-sumno', 'r', 'running', 's', 'l', 'p1', 's-sumno', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- index says otherwise: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-sumst', 'p1', 'u1', 't-sumst', 'in_progress', 'w-sumst', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-sumst', 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-sumct', 'p1', 'u1', 't-sumct', 'in_progress', 'w-sumct', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-sumct', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-sumst', 't-sumst', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-sumct', 't-sumct', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-sumst', 'u1', 'w-sumst', 'r', 'running', 's', 'l', 'p1', 's-sumst', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-sumct', 'u1', 'w-sumct', 'r', 'running', 's', 'l', 'p1', 's-sumct', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- index outlives the session: 
INSERT INTO session_summaries (id, project_id, user_id, status, message_count, started_at, updated_at) VALUES ('s-sumorphan', 'p1', 'u1', 'stopped', 0, 1772280000000, 1772280000000);

-- index of a project without a file: 
INSERT INTO session_summaries (id, project_id, user_id, status, message_count, started_at, updated_at) VALUES ('s-p9', 'p9', 'u1', 'active', 0, 1772280000000, 1772280000000);

-- index lags: changed after the last sync
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-lag', 'p1', 'u1', 't-lag', 'in_progress', 'w-lag', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-lag', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-lag', 't-lag', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-lag', 'u1', 'w-lag', 'r', 'running', 's', 'l', 'p1', 's-lag', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- index not complete: third project
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-begun', 'p3', 'u1', 't-begun', 'in_progress', NULL, '2026-03-01T11:59:55.000Z', '2026-03-01T11:59:55.000Z', 'u1', 's-begun', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-begun', 't-begun', NULL, 'in_progress', 'system', '2026-03-01T11:59:55.000Z');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode, completed_at) VALUES ('t-over', 'p3', 'u1', 't-over', 'completed', NULL, '2026-03-01T11:59:52.000Z', '2026-03-01T11:59:52.000Z', 'u1', 's-over', 'task', '2026-03-01T11:59:52.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-over', 't-over', NULL, 'completed', 'system', '2026-03-01T11:59:52.000Z');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-inc', 'p3', 'u1', 't-inc', 'in_progress', 'w-inc', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-inc', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-inc', 't-inc', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-inc', 'u1', 'w-inc', 'r', 'running', 's', 'l', 'p3', 's-inc', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- sleeps without snapshot: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-sl', 'p1', 'u1', 't-sl', 'in_progress', 'w-sl', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-sl', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-sl', 't-sl', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-sl', 'u1', 'w-sl', 'r', 'deleted', 's', 'l', 'p1', 's-sl', '2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z');

-- sleeps, snapshot expired: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-slx', 'p1', 'u1', 't-slx', 'in_progress', 'w-slx', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-slx', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-slx', 't-slx', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-slx', 'u1', 'w-slx', 'r', 'deleted', 's', 'l', 'p1', 's-slx', '2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z');
INSERT INTO session_snapshots (id, project_id, workspace_id, user_id, chat_session_id, runtime, status, manifest_r2_key, expires_at, created_at, updated_at) VALUES ('n-slx', 'p1', NULL, 'u1', 's-slx', 'vm', 'available', 'k', '2026-02-28T11:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- sleeps well: workspace deleted, snapshot restorable (its project is only known by its session)
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-slok', 'p1', 'u1', 't-slok', 'in_progress', 'w-slok', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-slok', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-slok', 't-slok', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-slok', 'u1', 'w-slok', 'r', 'deleted', 's', 'l', 'p1', 's-slok', '2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z');
INSERT INTO session_snapshots (id, project_id, workspace_id, user_id, chat_session_id, runtime, status, manifest_r2_key, expires_at, created_at, updated_at) VALUES ('n-slok', NULL, NULL, 'u1', 's-slok', 'vm', 'available', 'k', '2026-03-02T12:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- active on a stopped workspace with a snapshot: being put to sleep
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-slact', 'p1', 'u1', 't-slact', 'in_progress', 'w-slact', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-slact', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-slact', 't-slact', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-slact', 'u1', 'w-slact', 'r', 'stopped', 's', 'l', 'p1', 's-slact', '2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z');
INSERT INTO session_snapshots (id, project_id, workspace_id, user_id, chat_session_id, runtime, status, manifest_r2_key, expires_at, created_at, updated_at, sleep_status) VALUES ('n-slact', NULL, NULL, 'u1', 's-slact', 'vm', 'available', 'k', '2026-03-02T12:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z', 'stopping');

-- active on a stopped workspace, snapshot expired: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-slact2', 'p1', 'u1', 't-slact2', 'in_progress', 'w-slact2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-slact2', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-slact2', 't-slact2', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-slact2', 'u1', 'w-slact2', 'r', 'stopped', 's', 'l', 'p1', 's-slact2', '2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z');
INSERT INTO session_snapshots (id, project_id, workspace_id, user_id, chat_session_id, runtime, status, manifest_r2_key, expires_at, created_at, updated_at) VALUES ('n-slact2', 'p1', NULL, 'u1', 's-slact2', 'vm', 'available', 'k', '2026-03-01T11:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- snapshot of nobody: 
INSERT INTO session_snapshots (id, project_id, workspace_id, user_id, chat_session_id, runtime, status, manifest_r2_key, expires_at, created_at, updated_at) VALUES ('n-none', 'p1', NULL, 'u1', 's-none-2', 'vm', 'available', 'k', '2026-03-02T12:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');
INSERT INTO session_snapshots (id, project_id, workspace_id, user_id, chat_session_id, runtime, status, manifest_r2_key, expires_at, created_at, updated_at) VALUES ('n-p9', 'p9', NULL, 'u1', 's-p9-2', 'vm', 'available', 'k', '2026-03-02T12:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- waking for over an hour: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-wk', 'p1', 'u1', 't-wk', 'in_progress', 'w-wk', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-wk', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-wk', 't-wk', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-wk', 'u1', 'w-wk', 'r', 'deleted', 's', 'l', 'p1', 's-wk', '2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z');
INSERT INTO session_snapshots (id, project_id, workspace_id, user_id, chat_session_id, runtime, status, manifest_r2_key, expires_at, created_at, updated_at, recovery_status, recovery_claimed_at) VALUES ('n-wk', 'p1', NULL, 'u1', 's-wk', 'vm', 'available', 'k', '2026-03-02T12:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z', 'waking', '2026-03-01T10:59:00.000Z');

-- waking: links are with the recovery task, the session still names the source
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-wake', 'p1', 'u1', 't-wake', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', NULL, 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode, recovery_source_task_id) VALUES ('t-wake-2', 'p1', 'u1', 't-wake-2', 'delegated', 'w-wake-2', '2026-03-01T09:00:00.000Z', '2026-03-01T11:40:00.000Z', 'u1', 's-wake', 'task', 't-wake');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-wake', 't-wake', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-wake-2', 't-wake-2', NULL, 'delegated', 'system', '2026-03-01T11:40:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-wake', 'u1', 'w-wake', 'r', 'deleted', 's', 'l', 'p1', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-wake-2', 'u1', 'w-wake-2', 'r', 'running', 's', 'l', 'p1', 's-wake', '2026-03-01T11:40:00.000Z', '2026-03-01T11:41:00.000Z');
INSERT INTO session_snapshots (id, project_id, workspace_id, user_id, chat_session_id, runtime, status, manifest_r2_key, expires_at, created_at, updated_at, recovery_status, recovery_claimed_at) VALUES ('n-wake', 'p1', NULL, 'u1', 's-wake', 'vm', 'available', 'k', '2026-03-02T12:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z', 'waking', '2026-03-01T11:40:00.000Z');

-- woken: the recovery task has taken over
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-woken', 'p1', 'u1', 't-woken', 'failed', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', NULL, 'task');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode, recovery_source_task_id) VALUES ('t-woken-2', 'p1', 'u1', 't-woken-2', 'in_progress', 'w-woken', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-woken', 'task', 't-woken');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-woken', 't-woken', NULL, 'failed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-woken-2', 't-woken-2', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-woken', 'u1', 'w-woken', 'r', 'running', 's', 'l', 'p1', 's-woken', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
INSERT INTO session_snapshots (id, project_id, workspace_id, user_id, chat_session_id, runtime, status, manifest_r2_key, expires_at, created_at, updated_at, recovery_status) VALUES ('n-woken', 'p1', NULL, 'u1', 's-woken', 'vm', 'available', 'k', '2026-03-02T12:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z', 'restored');

-- waits for a machine: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode, admission_state) VALUES ('t-cap', 'p1', 'u1', 't-cap', 'queued', NULL, '2026-03-01T06:00:00.000Z', '2026-03-01T07:00:00.000Z', 'u1', 's-cap', 'task', 'waiting_for_node_capacity');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-cap', 't-cap', NULL, 'queued', 'system', '2026-03-01T07:00:00.000Z');

-- kept on purpose: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-term', 'p1', 'u1', 't-term', 'completed', 'w-term', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T09:00:00.000Z', 's-term', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-term', 't-term', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-term', 'u1', 'w-term', 'r', 'stopped', 's', 'l', 'p1', 's-term', '2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z');

-- conversation: never has a clean-up
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode, execution_step) VALUES ('t-conv', 'p1', 'u1', 't-conv', 'in_progress', 'w-conv', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-conv', 'conversation', 'awaiting_followup');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-conv', 't-conv', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-conv', 'u1', 'w-conv', 'r', 'running', 's', 'l', 'p1', 's-conv', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- old sequence: begins at 900
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, chat_session_id, task_mode) VALUES ('t-seq', 'p1', 'u1', 't-seq', 'in_progress', 'w-seq', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', 's-seq', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-seq', 't-seq', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-seq', 'u1', 'w-seq', 'r', 'running', 's', 'l', 'p1', 's-seq', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- failed session: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at, chat_session_id, task_mode) VALUES ('t-fail', 'p1', 'u1', 't-fail', 'failed', 'w-fail', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z', 's-fail', 'task');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-fail', 't-fail', NULL, 'failed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-fail', 'u1', 'w-fail', 'r', 'error', 's', 'l', 'p1', 's-fail', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- projects: counts and index as they are
INSERT INTO users (id, email) VALUES ('u1', 'u1@example.org');
INSERT INTO github_installations (id, user_id, installation_id, account_type, account_name) VALUES ('g1', 'u1', '1', 'User', 'u1');
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p1', 'u1', 'p1', 'p1', 'g1', 'org/p1', 'u1', 52);
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p2', 'u1', 'p2', 'p2', 'g1', 'org/p2', 'u1', 3);
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p3', 'u1', 'p3', 'p3', 'g1', 'org/p3', 'u1', 1);
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p9', 'u1', 'p9', 'p9', 'g1', 'org/p9', 'u1', 1);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-ok', 'p1', 'u1', 'active', 's-ok', 't-ok', 'w-ok', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-dup', 'p1', 'u1', 'active', 's-dup', 't-dup', 'w-dup', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-dup-2', 'p1', 'u1', 'active', 's-dup-2', 't-dup', NULL, 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-split-1', 'p1', 'u1', 'active', 's-split-1', 't-split', NULL, 1, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-split-2', 'p1', 'u1', 'active', 's-split-2', 't-split', 'w-split', 0, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-stuck', 'p1', 'u1', 'active', 's-stuck', 't-stuck', 'w-stuck', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-queued', 'p1', 'u1', 'active', 's-queued', 't-queued', 'w-queued', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-gap', 'p1', 'u1', 'stopped', 's-gap', 't-gap', 'w-gap', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-twl', 'p1', 'u1', 'active', 's-twl', 't-twl', 'w-twl', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-notask', 'p1', 'u1', 'active', 's-notask', 't-gone', 'w-notask', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-status', 'p1', 'u1', 'zombie', 's-status', 't-status', 'w-status', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-noend', 'p1', 'u1', 'stopped', 's-noend', 't-noend', 'w-noend', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-openend', 'p1', 'u1', 'active', 's-openend', 't-openend', 'w-openend', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-late', 'p1', 'u1', 'active', 's-late', 't-late', 'w-late', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-wgone', 'p1', 'u1', 'active', 's-wgone', 't-wgone', 'w-wgone', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-wdead', 'p1', 'u1', 'active', 's-wdead', 't-wdead', 'w-wdead', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-wruns', 'p1', 'u1', 'stopped', 's-wruns', 't-wruns', 'w-wruns', 2, 1772355600000, 1772362800000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-oneway', 'p1', 'u1', 'active', 's-oneway', 't-oneway', 'w-oneway', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-nows', 'p1', 'u1', 'active', 's-nows', 't-nows', NULL, 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-both', 'p1', 'u1', 'active', 's-both', 't-both', NULL, 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-conf', 'p1', 'u1', 'active', 's-conf', 't-conf', 'w-conf', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-conf-2', 'p1', 'u1', 'active', 's-conf-2', 't-conf-2', 'w-conf', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-overdue', 'p1', 'u1', 'active', 's-overdue', 't-overdue', 'w-overdue', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-due', 'p1', 'u1', 'active', 's-due', 't-due', 'w-due', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-cstop', 'p1', 'u1', 'stopped', 's-cstop', 't-cstop', 'w-cstop', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-idle', 'p1', 'u1', 'active', 's-idle', 't-idle', 'w-idle', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-idle2', 'p1', 'u1', 'active', 's-idle2', 't-idle2', 'w-idle2', 2, 1772355600000, NULL, 1772362260000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-drift', 'p1', 'u1', 'active', 's-drift', 't-drift', 'w-drift', 7, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-twice', 'p1', 'u1', 'active', 's-twice', 't-twice', 'w-twice', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-nouser', 'p1', 'u1', 'active', 's-nouser', 't-nouser', 'w-nouser', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-after', 'p1', 'u1', 'stopped', 's-after', 't-after', 'w-after', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-after9', 'p1', 'u1', 'stopped', 's-after9', 't-after9', 'w-after9', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-agent', 'p1', 'u1', 'stopped', 's-agent', 't-agent', 'w-agent', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-mixed', 'p1', 'u1', 'active', 's-mixed', 't-mixed', 'w-mixed', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-fresh', 'p1', 'u1', 'active', 's-fresh', 't-fresh', NULL, 0, 1772366340000, NULL, 1772366340000, 1772366340000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-linking', 'p1', 'u1', 'active', 's-linking', 't-linking', NULL, 0, 1772366280000, NULL, 1772366280000, 1772366280000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-hard', 'p1', 'u1', 'stopped', 's-hard', 't-hard', 'w-hard-gone', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-empty', 'p1', 'u1', 'active', 's-empty', 't-empty', 'w-empty', 0, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-just', 'p1', 'u1', 'active', 's-just', 't-just', 'w-just', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-again', 'p1', 'u1', 'active', 's-again', 't-again', 'w-again', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-stopping', 'p1', 'u1', 'active', 's-stopping', 't-stopping', 'w-stopping', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-other', 'p2', 'u1', 'active', 's-other', 't-other', 'w-other', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-tnl', 'p1', 'u1', 'active', 's-tnl', 't-tnl', 'w-tnl', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-tnq', 'p1', 'u1', 'active', 's-tnq', 't-tnq', 'w-tnq', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-mis', 'p1', 'u1', 'active', 's-mis', 't-mis', 'w-mis', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-mis-x', 'p1', 'u1', 'active', 's-mis-x', 't-mis', NULL, 1, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-taskless', 'p1', 'u1', 'active', 's-taskless', NULL, NULL, 0, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-act-old', 'p1', 'u1', 'stopped', 's-act-old', 't-act-old', 'w-act-3', 2, 1772258400000, 1772276400000, 1772276400000, 1772258400000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-mat', 'p1', 'u1', 'stopped', 's-mat', 't-mat', 'w-mat', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-matok', 'p1', 'u1', 'stopped', 's-matok', 't-matok', 'w-matok', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-inj', 'p1', 'u1', 'stopped', 's-inj', 't-inj', 'w-inj', 1, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-nomat', 'p1', 'u1', 'failed', 's-nomat', 't-nomat', 'w-nomat', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-acpm', 'p1', 'u1', 'active', 's-acpm', 't-acpm', 'w-acpm', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-hb', 'p1', 'u1', 'active', 's-hb', 't-hb', 'w-hb', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-hb9', 'p1', 'u1', 'active', 's-hb9', 't-hb9', 'w-hb9', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-pend', 'p1', 'u1', 'active', 's-pend', 't-pend', 'w-pend', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-aend', 'p1', 'u1', 'stopped', 's-aend', 't-aend', 'w-aend', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-sumst', 'p1', 'u1', 'stopped', 's-sumst', 't-sumst', 'w-sumst', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-sumct', 'p1', 'u1', 'active', 's-sumct', 't-sumct', 'w-sumct', 9, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-lag', 'p1', 'u1', 'active', 's-lag', 't-lag', 'w-lag', 1, 1772355600000, NULL, 1772366340000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-sl', 'p1', 'u1', 'sleeping', 's-sl', 't-sl', 'w-sl', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-slx', 'p1', 'u1', 'sleeping', 's-slx', 't-slx', 'w-slx', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-slok', 'p1', 'u1', 'sleeping', 's-slok', 't-slok', 'w-slok', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-slact', 'p1', 'u1', 'active', 's-slact', 't-slact', 'w-slact', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-slact2', 'p1', 'u1', 'active', 's-slact2', 't-slact2', 'w-slact2', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-wk', 'p1', 'u1', 'sleeping', 's-wk', 't-wk', 'w-wk', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-wake', 'p1', 'u1', 'active', 's-wake', 't-wake', 'w-wake', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-woken', 'p1', 'u1', 'active', 's-woken', 't-woken-2', 'w-woken', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-cap', 'p1', 'u1', 'active', 's-cap', 't-cap', NULL, 2, 1772344800000, NULL, 1772348400000, 1772344800000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-term', 'p1', 'u1', 'stopped', 's-term', 't-term', 'w-term', 2, 1772355600000, 1772355600000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-conv', 'p1', 'u1', 'active', 's-conv', 't-conv', 'w-conv', 2, 1772344800000, NULL, 1772348400000, 1772344800000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-seq', 'p1', 'u1', 'active', 's-seq', 't-seq', 'w-seq', 2, 1772355600000, NULL, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, created_at, synced_at) VALUES ('s-fail', 'p1', 'u1', 'failed', 's-fail', 't-fail', 'w-fail', 2, 1772355600000, 1772359200000, 1772359200000, 1772355600000, 1772366100000);
INSERT INTO session_index_coverage (project_id, synced_at, session_count, complete) VALUES ('p1', 1772366100000, 0, 1);
INSERT INTO session_index_coverage (project_id, synced_at, session_count, complete) VALUES ('p2', 1772366100000, 0, 1);
INSERT INTO session_index_coverage (project_id, synced_at, session_count, complete) VALUES ('p3', 1772366100000, 0, 0);
INSERT INTO session_index_coverage (project_id, synced_at, session_count, complete) VALUES ('p9', 1772366100000, 0, 1);
