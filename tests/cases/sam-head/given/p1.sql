-- healthy: everything names everything
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-ok-1', 's-ok', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-ok-2', 's-ok', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-ok', 'w-ok', 's-ok', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-ok');

-- duplicate: two sessions of one task, both with the user message
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-dup-1', 's-dup', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-dup-2', 's-dup', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-dup-2-1', 's-dup-2', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-dup-2-2', 's-dup-2', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-dup', 'w-dup', 's-dup', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-dup');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-dup-2', NULL, 's-dup-2', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-dup');

-- split: one session holds what the user said, the other has the workspace
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-split-1-1', 's-split-1', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-split-1', NULL, 's-split-1', 'active', 1, 1772355600000, NULL, 1772355600000, 1772359200000, 't-split');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-split-2', 'w-split', 's-split-2', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, 't-split');

-- fallback: an id that a failed creation handed out, and one that exists
INSERT INTO activity_events (id, event_type, actor_type, session_id, task_id, created_at) VALUES ('ev-1', 'session.created', 'system', 'sess-fallback-t-ok', 't-ok', 1772359200000);
INSERT INTO activity_events (id, event_type, actor_type, session_id, task_id, created_at) VALUES ('ev-2', 'session.created', 'system', 's-ok', 't-ok', 1772359200000);
INSERT INTO activity_events (id, event_type, actor_type, session_id, task_id, created_at) VALUES ('ev-3', 'session.created', 'system', 's-gone', 't-ok', 1772359200000);
INSERT INTO activity_events (id, event_type, actor_type, session_id, task_id, created_at) VALUES ('ev-4', 'task.created', 'system', NULL, 't-ok', 1772359200000);

-- stuck: queued for three hours
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-stuck-1', 's-stuck', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-stuck-2', 's-stuck', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-stuck', 'w-stuck', 's-stuck', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-stuck');

-- just under: queued for 119 minutes
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-queued-1', 's-queued', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-queued-2', 's-queued', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-queued', 'w-queued', 's-queued', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-queued');

-- event gap: completed, and the only event says in_progress
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-gap-1', 's-gap', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-gap-2', 's-gap', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-gap', 'w-gap', 's-gap', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-gap');

-- task without workspace: its session has one
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-twl-1', 's-twl', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-twl-2', 's-twl', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-twl', 'w-twl', 's-twl', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-twl');

-- session without task row: task is gone
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-notask-1', 's-notask', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-notask-2', 's-notask', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-notask', 'w-notask', 's-notask', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-gone');

-- unknown status: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-status-1', 's-status', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-status-2', 's-status', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-status', 'w-status', 's-status', 'zombie', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-status');

-- ended without end: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-noend-1', 's-noend', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-noend-2', 's-noend', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-noend', 'w-noend', 's-noend', 'stopped', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-noend');

-- open with end: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-openend-1', 's-openend', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-openend-2', 's-openend', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-openend', 'w-openend', 's-openend', 'active', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-openend');

-- active, task ended: an hour ago
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-late-1', 's-late', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-late-2', 's-late', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-late', 'w-late', 's-late', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-late');

-- active, workspace row gone: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-wgone-1', 's-wgone', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-wgone-2', 's-wgone', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-wgone', 'w-wgone', 's-wgone', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-wgone');

-- active, workspace dead: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-wdead-1', 's-wdead', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-wdead-2', 's-wdead', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-wdead', 'w-wdead', 's-wdead', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-wdead');

-- stopped, workspace runs: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-wruns-1', 's-wruns', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-wruns-2', 's-wruns', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-wruns', 'w-wruns', 's-wruns', 'stopped', 2, 1772355600000, 1772362800000, 1772355600000, 1772359200000, 't-wruns');

-- workspace does not name the session: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-oneway-1', 's-oneway', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-oneway-2', 's-oneway', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-oneway', 'w-oneway', 's-oneway', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-oneway');

-- session does not name the workspace: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-nows-1', 's-nows', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-nows-2', 's-nows', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-nows', NULL, 's-nows', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-nows');

-- neither names the other: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-both-1', 's-both', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-both-2', 's-both', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-both', NULL, 's-both', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-both');

-- conflict: A names the session, the session names B, B names another
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-conf-1', 's-conf', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-conf-2', 's-conf', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-conf-2-1', 's-conf-2', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-conf-2-2', 's-conf-2', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-conf', 'w-conf', 's-conf', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-conf');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-conf-2', 'w-conf', 's-conf-2', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-conf-2');

-- clean-up of nobody: 
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, task_id, cleanup_at, created_at) VALUES ('s-none', 'w-ok', NULL, 1772359200000, 1772355600000);

-- clean-up overdue: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-overdue-1', 's-overdue', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-overdue-2', 's-overdue', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-overdue', 'w-overdue', 's-overdue', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-overdue');
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, task_id, cleanup_at, created_at) VALUES ('s-overdue', 'w-overdue', 't-overdue', 1772362740000, 1772355600000);

-- clean-up due soon: or 59 minutes late
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-due-1', 's-due', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-due-2', 's-due', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-due', 'w-due', 's-due', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-due');
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, task_id, cleanup_at, created_at) VALUES ('s-due', 'w-due', 't-due', 1772362860000, 1772355600000);

-- clean-up of a stopped session: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-cstop-1', 's-cstop', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-cstop-2', 's-cstop', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-cstop', 'w-cstop', 's-cstop', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-cstop');
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, task_id, cleanup_at, created_at) VALUES ('s-cstop', 'w-cstop', 't-cstop', 1772366700000, 1772355600000);

-- idle, no clean-up: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-idle-1', 's-idle', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-idle-2', 's-idle', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id, agent_completed_at) VALUES ('s-idle', 'w-idle', 's-idle', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-idle', 1772359200000);

-- idle, not yet: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-idle2-1', 's-idle2', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-idle2-2', 's-idle2', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id, agent_completed_at) VALUES ('s-idle2', 'w-idle2', 's-idle2', 'active', 2, 1772355600000, NULL, 1772355600000, 1772362260000, 't-idle2', 1772362260000);

-- orphan message: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-orphan', 's-vanished', 'user', 'hello', 1772362800000, 1);

-- count drift: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-drift-1', 's-drift', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-drift-2', 's-drift', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-drift', 'w-drift', 's-drift', 'active', 7, 1772355600000, NULL, 1772355600000, 1772359200000, 't-drift');

-- duplicate message: 9 seconds apart
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-twice', 'w-twice', 's-twice', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-twice');
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-twice-1', 's-twice', 'user', 'do it', 1772362800000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-twice-2', 's-twice', 'user', 'do it', 1772362809000, 2);

-- no user message: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-nouser-1', 's-nouser', 'assistant', 'assistant says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-nouser-2', 's-nouser', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-nouser', 'w-nouser', 's-nouser', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-nouser');

-- message after the end: 11 minutes; 9 are fine
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-after-1', 's-after', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-after-9', 's-after', 'assistant', 'hello', 1772359860000, 9);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-after9-1', 's-after9', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-after9-9', 's-after9', 'assistant', 'hello', 1772359740000, 9);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-after', 'w-after', 's-after', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-after');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-after9', 'w-after9', 's-after9', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-after9');

-- agent in a dead workspace: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-agent-1', 's-agent', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-agent-2', 's-agent', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-agent', 'w-agent', 's-agent', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-agent');

-- mixed time forms: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-mixed-1', 's-mixed', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-mixed-2', 's-mixed', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-mixed', 'w-mixed', 's-mixed', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-mixed');

-- no workspace yet: queued a minute ago
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-fresh', NULL, 's-fresh', 'active', 0, 1772366340000, NULL, 1772366340000, 1772366340000, 't-fresh');

-- workspace being linked: both made two minutes ago
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-linking', NULL, 's-linking', 'active', 0, 1772366280000, NULL, 1772366280000, 1772366280000, 't-linking');

-- stopped, workspace row gone: keeps the old id
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-hard-1', 's-hard', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-hard-2', 's-hard', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-hard', 'w-hard-gone', 's-hard', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-hard');

-- no message yet: 
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-empty', 'w-empty', 's-empty', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, 't-empty');

-- just completed: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-just-1', 's-just', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-just-2', 's-just', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-just', 'w-just', 's-just', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-just');

-- same word, minutes apart: 
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-again', 'w-again', 's-again', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-again');
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-again-1', 's-again', 'user', 'ok', 1772362800000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-again-2', 's-again', 'user', 'ok', 1772362980000, 2);

-- workspace stopped a minute ago: its session follows
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-stopping-1', 's-stopping', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-stopping-2', 's-stopping', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-stopping', 'w-stopping', 's-stopping', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-stopping');

-- task does not name its session: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-tnl-1', 's-tnl', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-tnl-2', 's-tnl', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-tnl', 'w-tnl', 's-tnl', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-tnl');

-- queued, not linked yet: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-tnq-1', 's-tnq', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-tnq-2', 's-tnq', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-tnq', 'w-tnq', 's-tnq', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-tnq');

-- task names another task's session: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-mis-1', 's-mis', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-mis-2', 's-mis', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-mis-x-1', 's-mis-x', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-mis', 'w-mis', 's-mis', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-mis');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-mis-x', NULL, 's-mis-x', 'active', 1, 1772355600000, NULL, 1772355600000, 1772359200000, 't-mis');

-- session without task: 
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-taskless', NULL, 's-taskless', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, NULL);

-- activity filed wrong: gone, elsewhere, over; and one that is right, one that has none
INSERT INTO workspace_activity (workspace_id, session_id, created_at) VALUES ('w-act-1', 's-act-gone', 1772355600000);
INSERT INTO workspace_activity (workspace_id, session_id, created_at) VALUES ('w-act-2', 's-ok', 1772355600000);
INSERT INTO workspace_activity (workspace_id, session_id, created_at) VALUES ('w-act-3', 's-act-old', 1772355600000);
INSERT INTO workspace_activity (workspace_id, session_id, created_at) VALUES ('w-ok', 's-ok', 1772355600000);
INSERT INTO workspace_activity (workspace_id, session_id, created_at) VALUES ('w-act-4', NULL, 1772355600000);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-act-old-1', 's-act-old', 'user', 'user says 1', 1772258520000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-act-old-2', 's-act-old', 'assistant', 'assistant says 2', 1772258580000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-act-old', 'w-act-3', 's-act-old', 'stopped', 2, 1772258400000, 1772276400000, 1772258400000, 1772276400000, 't-act-old');

-- materialized without groups: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-mat-1', 's-mat', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-mat-2', 's-mat', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id, materialized_at) VALUES ('s-mat', 'w-mat', 's-mat', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-mat', 1772362800000);

-- materialized with groups: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-matok-1', 's-matok', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-matok-2', 's-matok', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id, materialized_at) VALUES ('s-matok', 'w-matok', 's-matok', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-matok', 1772362800000);
INSERT INTO chat_messages_grouped (id, session_id, role, content, created_at) VALUES ('g-1', 's-matok', 'user', 'x', 1772359200000);

-- only injected messages: count, but are not grouped
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id, materialized_at) VALUES ('s-inj', 'w-inj', 's-inj', 'stopped', 1, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-inj', 1772362800000);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence, origin) VALUES ('m-inj', 's-inj', 'user', 'hello', 1772359140000, 1, 'system');

-- not materialized yet: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-nomat-1', 's-nomat', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-nomat-2', 's-nomat', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-nomat', 'w-nomat', 's-nomat', 'failed', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-nomat');

-- agent stopped here, running there: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-acpm-1', 's-acpm', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-acpm-2', 's-acpm', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-acpm', 'w-acpm', 's-acpm', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-acpm');
INSERT INTO acp_sessions (id, chat_session_id, status, last_heartbeat_at, created_at, updated_at) VALUES ('a-acpm', 's-acpm', 'running', 1772366340000, 1772355600000, 1772366340000);

-- no heartbeat: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-hb-1', 's-hb', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-hb-2', 's-hb', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-hb', 'w-hb', 's-hb', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-hb');
INSERT INTO acp_sessions (id, chat_session_id, status, last_heartbeat_at, created_at, updated_at) VALUES ('a-hb', 's-hb', 'running', 1772365740000, 1772355600000, 1772365740000);

-- heartbeat nine minutes ago: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-hb9-1', 's-hb9', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-hb9-2', 's-hb9', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-hb9', 'w-hb9', 's-hb9', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-hb9');
INSERT INTO acp_sessions (id, chat_session_id, status, last_heartbeat_at, created_at, updated_at) VALUES ('a-hb9', 's-hb9', 'running', 1772365860000, 1772355600000, 1772365860000);

-- never assigned: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-pend-1', 's-pend', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-pend-2', 's-pend', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-pend', 'w-pend', 's-pend', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-pend');
INSERT INTO acp_sessions (id, chat_session_id, status, last_heartbeat_at, created_at, updated_at) VALUES ('a-pend', 's-pend', 'pending', NULL, 1772362740000, 1772362740000);

-- agent in an ended session: and without a heartbeat: one cause
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-aend-1', 's-aend', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-aend-2', 's-aend', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-aend', 'w-aend', 's-aend', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-aend');
INSERT INTO acp_sessions (id, chat_session_id, status, last_heartbeat_at, created_at, updated_at) VALUES ('a-end', 's-aend', 'assigned', 1772359200000, 1772355600000, 1772359200000);
INSERT INTO acp_sessions (id, chat_session_id, status, last_heartbeat_at, created_at, updated_at) VALUES ('a-end2', 's-aend', 'running', 1772359200000, 1772355600000, 1772359200000);

-- busy for over an hour: by session id and by agent id; one still making progress, one idle
INSERT INTO session_state (session_id, activity, activity_at, runtime_work_progress_at) VALUES ('s-ok', 'prompting', 1772362740000, NULL);
INSERT INTO session_state (session_id, activity, activity_at, runtime_work_progress_at) VALUES ('a-hb9', 'recovering', 1772361000000, NULL);
INSERT INTO session_state (session_id, activity, activity_at, runtime_work_progress_at) VALUES ('s-due', 'prompting', 1772361000000, 1772366100000);
INSERT INTO session_state (session_id, activity, activity_at, runtime_work_progress_at) VALUES ('s-again', 'idle', 1772312400000, NULL);
INSERT INTO session_state (session_id, activity, activity_at, runtime_work_progress_at) VALUES ('s-mixed', 'prompting', 1772362860000, NULL);

-- missing in the index: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-sumno-1', 's-sumno', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-sumno-2', 's-sumno', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-sumno', 'w-sumno', 's-sumno', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-sumno');

-- index says otherwise: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-sumst-1', 's-sumst', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-sumst-2', 's-sumst', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-sumct-1', 's-sumct', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-sumct-2', 's-sumct', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-sumst', 'w-sumst', 's-sumst', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-sumst');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-sumct', 'w-sumct', 's-sumct', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-sumct');

-- index lags: changed after the last sync
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-lag-1', 's-lag', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-lag-2', 's-lag', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-lag', 'w-lag', 's-lag', 'active', 2, 1772355600000, NULL, 1772355600000, 1772366340000, 't-lag');

-- sleeps without snapshot: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-sl-1', 's-sl', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-sl-2', 's-sl', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-sl', 'w-sl', 's-sl', 'sleeping', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-sl');

-- sleeps, snapshot expired: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-slx-1', 's-slx', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-slx-2', 's-slx', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-slx', 'w-slx', 's-slx', 'sleeping', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-slx');

-- sleeps well: workspace deleted, snapshot restorable
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-slok-1', 's-slok', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-slok-2', 's-slok', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-slok', 'w-slok', 's-slok', 'sleeping', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-slok');

-- active on a stopped workspace with a snapshot: being put to sleep
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-slact-1', 's-slact', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-slact-2', 's-slact', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-slact', 'w-slact', 's-slact', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-slact');

-- active on a stopped workspace, snapshot expired: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-slact2-1', 's-slact2', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-slact2-2', 's-slact2', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-slact2', 'w-slact2', 's-slact2', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-slact2');

-- waking for over an hour: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-wk-1', 's-wk', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-wk-2', 's-wk', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-wk', 'w-wk', 's-wk', 'sleeping', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-wk');

-- waking: links are with the recovery task, the session still names the source
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-wake-1', 's-wake', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-wake-2', 's-wake', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-wake', 'w-wake', 's-wake', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-wake');

-- woken: the recovery task has taken over
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-woken-1', 's-woken', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-woken-2', 's-woken', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-woken', 'w-woken', 's-woken', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-woken-2');

-- fork: interrupted parent, running fork
INSERT INTO acp_sessions (id, chat_session_id, status, last_heartbeat_at, created_at, updated_at) VALUES ('a-fork-1', 's-again', 'interrupted', 1772359200000, 1772355600000, 1772359200000);
INSERT INTO acp_sessions (id, chat_session_id, status, last_heartbeat_at, created_at, updated_at, parent_session_id) VALUES ('a-fork-2', 's-again', 'running', 1772366340000, 1772355600000, 1772366340000, 'a-fork-1');

-- waits for a machine: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-cap-1', 's-cap', 'user', 'user says 1', 1772344920000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-cap-2', 's-cap', 'assistant', 'assistant says 2', 1772344980000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-cap', NULL, 's-cap', 'active', 2, 1772344800000, NULL, 1772344800000, 1772348400000, 't-cap');

-- kept on purpose: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-term-1', 's-term', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-term-2', 's-term', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-term', 'w-term', 's-term', 'stopped', 2, 1772355600000, 1772355600000, 1772355600000, 1772359200000, 't-term');
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, cleanup_at, created_at, terminal_state) VALUES ('s-term', 'w-term', 1772334000000, 1772330400000, 'attention');
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, cleanup_at, created_at, terminal_state) VALUES ('s-mixed', 'w-mixed', 1772334000000, 1772330400000, 'attention');
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, cleanup_at, created_at, terminal_state) VALUES ('s-nowhere', 'w-x', 1772334000000, 1772330400000, 'attention');

-- conversation: never has a clean-up
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-conv-1', 's-conv', 'user', 'user says 1', 1772344920000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-conv-2', 's-conv', 'assistant', 'assistant says 2', 1772344980000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id, agent_completed_at) VALUES ('s-conv', 'w-conv', 's-conv', 'active', 2, 1772344800000, NULL, 1772344800000, 1772348400000, 't-conv', 1772348400000);

-- ideas of a session: link it to many tasks
INSERT INTO chat_session_ideas (session_id, task_id, created_at) VALUES ('s-ok', 't-draft', 1772362800000);
INSERT INTO chat_session_ideas (session_id, task_id, created_at) VALUES ('s-ok', 't-ready', 1772362800000);

-- old sequence: begins at 900
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-seq', 'w-seq', 's-seq', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-seq');
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-seq-1', 's-seq', 'user', 'a', 1772362800000, 900);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-seq-2', 's-seq', 'assistant', 'b', 1772362800000, 977);

-- failed session: 
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-fail-1', 's-fail', 'user', 'user says 1', 1772355720000, 1);
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence) VALUES ('m-s-fail-2', 's-fail', 'assistant', 'assistant says 2', 1772355780000, 2);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-fail', 'w-fail', 's-fail', 'failed', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-fail');

-- projects: counts and index as they are
INSERT INTO do_meta (key, value) VALUES ('projectId', 'p1');
