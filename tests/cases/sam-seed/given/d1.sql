-- healthy: everything names everything
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-ok', 'p1', 'u1', 't-ok', 'in_progress', 'w-ok', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-ok', 't-ok', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-ok', 'u1', 'w-ok', 'r', 'running', 's', 'l', 'p1', 's-ok', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- duplicate: two sessions of one task, both with the user message
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-dup', 'p1', 'u1', 't-dup', 'in_progress', 'w-dup', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-dup', 't-dup', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-dup', 'u1', 'w-dup', 'r', 'running', 's', 'l', 'p1', 's-dup', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- split: one session holds what the user said, the other has the workspace
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-split', 'p1', 'u1', 't-split', 'in_progress', 'w-split', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-split', 't-split', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-split', 'u1', 'w-split', 'r', 'running', 's', 'l', 'p1', 's-split-2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- no session: live task without any
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-nosession', 'p1', 'u1', 't-nosession', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-nosession', 't-nosession', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');

-- stuck: queued for three hours
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-stuck', 'p1', 'u1', 't-stuck', 'queued', 'w-stuck', '2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-stuck', 't-stuck', NULL, 'queued', 'system', '2026-03-01T09:00:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-stuck', 'u1', 'w-stuck', 'r', 'running', 's', 'l', 'p1', 's-stuck', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- just under: queued for 119 minutes
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-queued', 'p1', 'u1', 't-queued', 'queued', 'w-queued', '2026-03-01T09:00:00.000Z', '2026-03-01T10:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-queued', 't-queued', NULL, 'queued', 'system', '2026-03-01T10:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-queued', 'u1', 'w-queued', 'r', 'running', 's', 'l', 'p1', 's-queued', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- event gap: completed, and the only event says in_progress
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at) VALUES ('t-gap', 'p1', 'u1', 't-gap', 'completed', 'w-gap', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-gap', 'u1', 'w-gap', 'r', 'stopped', 's', 'l', 'p1', 's-gap', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');
INSERT INTO task_status_events (id, task_id, to_status, actor_type, created_at) VALUES ('e-t-gap', 't-gap', 'in_progress', 'system', '2026-03-01T09:00:00.000Z');

-- task without workspace: its session has one
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-twl', 'p1', 'u1', 't-twl', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-twl', 't-twl', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-twl', 'u1', 'w-twl', 'r', 'running', 's', 'l', 'p1', 's-twl', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- session without task row: task is gone
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-notask', 'u1', 'w-notask', 'r', 'running', 's', 'l', 'p1', 's-notask', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- unknown status: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-status', 'p1', 'u1', 't-status', 'in_progress', 'w-status', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-status', 't-status', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-status', 'u1', 'w-status', 'r', 'running', 's', 'l', 'p1', 's-status', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- ended without end: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at) VALUES ('t-noend', 'p1', 'u1', 't-noend', 'completed', 'w-noend', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-noend', 't-noend', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-noend', 'u1', 'w-noend', 'r', 'stopped', 's', 'l', 'p1', 's-noend', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- open with end: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-openend', 'p1', 'u1', 't-openend', 'in_progress', 'w-openend', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-openend', 't-openend', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-openend', 'u1', 'w-openend', 'r', 'running', 's', 'l', 'p1', 's-openend', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- active, task ended: an hour ago
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at) VALUES ('t-late', 'p1', 'u1', 't-late', 'completed', 'w-late', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T11:00:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-late', 't-late', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-late', 'u1', 'w-late', 'r', 'running', 's', 'l', 'p1', 's-late', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- active, workspace row gone: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-wgone', 'p1', 'u1', 't-wgone', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-wgone', 't-wgone', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');

-- active, workspace dead: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-wdead', 'p1', 'u1', 't-wdead', 'in_progress', 'w-wdead', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-wdead', 't-wdead', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-wdead', 'u1', 'w-wdead', 'r', 'error', 's', 'l', 'p1', 's-wdead', '2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z');

-- stopped, workspace runs: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-wruns', 'p1', 'u1', 't-wruns', 'in_progress', 'w-wruns', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-wruns', 't-wruns', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-wruns', 'u1', 'w-wruns', 'r', 'running', 's', 'l', 'p1', 's-wruns', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- workspace does not name the session: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-oneway', 'p1', 'u1', 't-oneway', 'in_progress', 'w-oneway', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-oneway', 't-oneway', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-oneway', 'u1', 'w-oneway', 'r', 'running', 's', 'l', 'p1', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- session does not name the workspace: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-nows', 'p1', 'u1', 't-nows', 'in_progress', 'w-nows', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-nows', 't-nows', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-nows', 'u1', 'w-nows', 'r', 'running', 's', 'l', 'p1', 's-nows', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- neither names the other: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-both', 'p1', 'u1', 't-both', 'in_progress', 'w-both', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-both', 't-both', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-both', 'u1', 'w-both', 'r', 'running', 's', 'l', 'p1', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- workspace of nobody: running, unlinked
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-nobody', 'u1', 'w-nobody', 'r', 'running', 's', 'l', 'p1', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- workspace names no session that exists: 
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-dangling', 'u1', 'w-dangling', 'r', 'running', 's', 'l', 'p1', 's-never', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- conflict: A names the session, the session names B, B names another
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-conf', 'p1', 'u1', 't-conf', 'in_progress', 'w-conf', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-conf-2', 'p1', 'u1', 't-conf-2', 'in_progress', 'w-conf-2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-conf', 't-conf', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-conf-2', 't-conf-2', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-conf', 'u1', 'w-conf', 'r', 'running', 's', 'l', 'p1', 's-conf', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-conf-2', 'u1', 'w-conf-2', 'r', 'running', 's', 'l', 'p1', 's-conf-2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- clean-up overdue: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-overdue', 'p1', 'u1', 't-overdue', 'in_progress', 'w-overdue', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-overdue', 't-overdue', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-overdue', 'u1', 'w-overdue', 'r', 'running', 's', 'l', 'p1', 's-overdue', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- clean-up due soon: or 59 minutes late
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-due', 'p1', 'u1', 't-due', 'in_progress', 'w-due', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-due', 't-due', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-due', 'u1', 'w-due', 'r', 'running', 's', 'l', 'p1', 's-due', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- clean-up of a stopped session: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at) VALUES ('t-cstop', 'p1', 'u1', 't-cstop', 'completed', 'w-cstop', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-cstop', 't-cstop', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-cstop', 'u1', 'w-cstop', 'r', 'stopped', 's', 'l', 'p1', 's-cstop', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- idle, no clean-up: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-idle', 'p1', 'u1', 't-idle', 'in_progress', 'w-idle', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-idle', 't-idle', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-idle', 'u1', 'w-idle', 'r', 'running', 's', 'l', 'p1', 's-idle', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- idle, not yet: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-idle2', 'p1', 'u1', 't-idle2', 'in_progress', 'w-idle2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-idle2', 't-idle2', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-idle2', 'u1', 'w-idle2', 'r', 'running', 's', 'l', 'p1', 's-idle2', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- count drift: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-drift', 'p1', 'u1', 't-drift', 'in_progress', 'w-drift', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-drift', 't-drift', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-drift', 'u1', 'w-drift', 'r', 'running', 's', 'l', 'p1', 's-drift', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- duplicate message: 9 seconds apart
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-twice', 'p1', 'u1', 't-twice', 'in_progress', 'w-twice', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-twice', 't-twice', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-twice', 'u1', 'w-twice', 'r', 'running', 's', 'l', 'p1', 's-twice', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- no user message: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-nouser', 'p1', 'u1', 't-nouser', 'in_progress', 'w-nouser', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-nouser', 't-nouser', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-nouser', 'u1', 'w-nouser', 'r', 'running', 's', 'l', 'p1', 's-nouser', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- message after the end: 11 minutes; 9 are fine
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at) VALUES ('t-after', 'p1', 'u1', 't-after', 'completed', 'w-after', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at) VALUES ('t-after9', 'p1', 'u1', 't-after9', 'completed', 'w-after9', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-after', 't-after', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-after9', 't-after9', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-after', 'u1', 'w-after', 'r', 'stopped', 's', 'l', 'p1', 's-after', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-after9', 'u1', 'w-after9', 'r', 'stopped', 's', 'l', 'p1', 's-after9', '2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z');

-- agent in a dead workspace: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at) VALUES ('t-agent', 'p1', 'u1', 't-agent', 'completed', 'w-agent', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z');
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
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-mixed', 'p1', 'u1', 't-mixed', 'in_progress', 'w-mixed', '2026-03-01 09:00:00', '2026-03-01 09:01:00', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-mixed', 't-mixed', NULL, 'in_progress', 'system', '2026-03-01 09:01:00');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-mixed', 'u1', 'w-mixed', 'r', 'running', 's', 'l', 'p1', 's-mixed', '2026-03-01 09:00:00', '2026-03-01 09:00:00');

-- no workspace yet: queued a minute ago
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-fresh', 'p1', 'u1', 't-fresh', 'queued', NULL, '2026-03-01T11:59:00.000Z', '2026-03-01T11:59:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-fresh', 't-fresh', NULL, 'queued', 'system', '2026-03-01T11:59:00.000Z');

-- workspace being linked: both made two minutes ago
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-linking', 'p1', 'u1', 't-linking', 'in_progress', 'w-linking', '2026-03-01T11:58:00.000Z', '2026-03-01T11:58:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-linking', 't-linking', NULL, 'in_progress', 'system', '2026-03-01T11:58:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-linking', 'u1', 'w-linking', 'r', 'running', 's', 'l', 'p1', NULL, '2026-03-01T11:58:00.000Z', '2026-03-01T11:58:00.000Z');

-- stopped, workspace row gone: keeps the old id
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at) VALUES ('t-hard', 'p1', 'u1', 't-hard', 'completed', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-hard', 't-hard', NULL, 'completed', 'system', '2026-03-01T09:01:00.000Z');

-- no message yet: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-empty', 'p1', 'u1', 't-empty', 'in_progress', 'w-empty', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-empty', 't-empty', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-empty', 'u1', 'w-empty', 'r', 'running', 's', 'l', 'p1', 's-empty', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- ideas: have no session
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-draft', 'p1', 'u1', 't-draft', 'draft', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-ready', 'p1', 'u1', 't-ready', 'ready', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-draft', 't-draft', NULL, 'draft', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-ready', 't-ready', NULL, 'ready', 'system', '2026-03-01T09:01:00.000Z');

-- just completed: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at) VALUES ('t-just', 'p1', 'u1', 't-just', 'completed', 'w-just', '2026-03-01T09:00:00.000Z', '2026-03-01T11:59:40.000Z', 'u1', '2026-03-01T11:59:40.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-just', 't-just', NULL, 'completed', 'system', '2026-03-01T11:59:40.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-just', 'u1', 'w-just', 'r', 'running', 's', 'l', 'p1', 's-just', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- same word, minutes apart: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-again', 'p1', 'u1', 't-again', 'in_progress', 'w-again', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-again', 't-again', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-again', 'u1', 'w-again', 'r', 'running', 's', 'l', 'p1', 's-again', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- workspace stopped a minute ago: its session follows
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-stopping', 'p1', 'u1', 't-stopping', 'in_progress', 'w-stopping', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-stopping', 't-stopping', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-stopping', 'u1', 'w-stopping', 'r', 'stopped', 's', 'l', 'p1', 's-stopping', '2026-03-01T09:00:00.000Z', '2026-03-01T11:59:00.000Z');

-- second project: one active session, counted as three
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-other', 'p2', 'u1', 't-other', 'in_progress', 'w-other', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-other', 't-other', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-other', 'u1', 'w-other', 'r', 'running', 's', 'l', 'p2', 's-other', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- project without a file: its sessions cannot be read, so nothing is said about them
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-p9', 'p9', 'u1', 't-p9', 'in_progress', 'w-p9', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-p9-2', 'p9', 'u1', 't-p9-2', 'in_progress', NULL, '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p9', 't-p9', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-p9-2', 't-p9-2', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-p9', 'u1', 'w-p9', 'r', 'running', 's', 'l', 'p9', 's-p9', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- shared session: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by) VALUES ('t-share', 'p1', 'u1', 't-share', 'in_progress', 'w-share', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-share', 't-share', NULL, 'in_progress', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-share', 'u1', 'w-share', 'r', 'running', 's', 'l', 'p1', 's-share', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-share-2', 'u1', 'w-share-2', 'r', 'running', 's', 'l', 'p1', 's-share', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- workspace session: made with a workspace, has no task
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-plain', 'u1', 'w-plain', 'r', 'running', 's', 'l', 'p1', 's-plain', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- failed task, stopped session: 
INSERT INTO tasks (id, project_id, user_id, title, status, workspace_id, created_at, updated_at, created_by, completed_at) VALUES ('t-failed', 'p1', 'u1', 't-failed', 'failed', 'w-failed', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 'u1', '2026-03-01T10:00:00.000Z');
INSERT INTO task_status_events (id, task_id, from_status, to_status, actor_type, created_at) VALUES ('e-t-failed', 't-failed', NULL, 'failed', 'system', '2026-03-01T09:01:00.000Z');
INSERT INTO workspaces (id, user_id, name, repository, status, vm_size, vm_location, project_id, chat_session_id, created_at, updated_at) VALUES ('w-failed', 'u1', 'w-failed', 'r', 'running', 's', 'l', 'p1', 's-failed', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z');

-- projects: counts and index as they are
INSERT INTO users (id, email) VALUES ('u1', 'u1@example.org');
INSERT INTO github_installations (id, user_id, installation_id, account_type, account_name) VALUES ('g1', 'u1', '1', 'User', 'u1');
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p1', 'u1', 'p1', 'p1', 'g1', 'org/p1', 'u1', 34);
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p2', 'u1', 'p2', 'p2', 'g1', 'org/p2', 'u1', 3);
INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count) VALUES ('p9', 'u1', 'p9', 'p9', 'g1', 'org/p9', 'u1', 1);
