-- healthy: everything names everything
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-ok-1', 's-ok', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-ok-2', 's-ok', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-ok', 'w-ok', 's-ok', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-ok');

-- duplicate: two sessions of one task, both with the user message
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-dup-1', 's-dup', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-dup-2', 's-dup', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-dup-2-1', 's-dup-2', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-dup-2-2', 's-dup-2', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-dup', 'w-dup', 's-dup', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-dup');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-dup-2', NULL, 's-dup-2', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-dup');

-- split: one session holds what the user said, the other has the workspace
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-split-1-1', 's-split-1', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-split-1', NULL, 's-split-1', 'active', 1, 1772355600000, NULL, 1772355600000, 1772359200000, 't-split');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-split-2', 'w-split', 's-split-2', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, 't-split');

-- fallback: an id that a failed creation handed out, and one that exists
INSERT INTO activity_events (id, event_type, actor_type, session_id, task_id, created_at) VALUES ('ev-1', 'session.created', 'system', 'sess-fallback-t-ok', 't-ok', 1772359200000);
INSERT INTO activity_events (id, event_type, actor_type, session_id, task_id, created_at) VALUES ('ev-2', 'session.created', 'system', 's-ok', 't-ok', 1772359200000);
INSERT INTO activity_events (id, event_type, actor_type, session_id, task_id, created_at) VALUES ('ev-3', 'session.created', 'system', 's-gone', 't-ok', 1772359200000);
INSERT INTO activity_events (id, event_type, actor_type, session_id, task_id, created_at) VALUES ('ev-4', 'task.created', 'system', NULL, 't-ok', 1772359200000);

-- stuck: queued for three hours
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-stuck-1', 's-stuck', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-stuck-2', 's-stuck', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-stuck', 'w-stuck', 's-stuck', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-stuck');

-- just under: queued for 119 minutes
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-queued-1', 's-queued', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-queued-2', 's-queued', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-queued', 'w-queued', 's-queued', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-queued');

-- event gap: completed, and the only event says in_progress
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-gap-1', 's-gap', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-gap-2', 's-gap', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-gap', 'w-gap', 's-gap', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-gap');

-- task without workspace: its session has one
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-twl-1', 's-twl', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-twl-2', 's-twl', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-twl', 'w-twl', 's-twl', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-twl');

-- session without task row: task is gone
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-notask-1', 's-notask', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-notask-2', 's-notask', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-notask', 'w-notask', 's-notask', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-gone');

-- unknown status: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-status-1', 's-status', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-status-2', 's-status', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-status', 'w-status', 's-status', 'zombie', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-status');

-- ended without end: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-noend-1', 's-noend', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-noend-2', 's-noend', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-noend', 'w-noend', 's-noend', 'stopped', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-noend');

-- open with end: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-openend-1', 's-openend', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-openend-2', 's-openend', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-openend', 'w-openend', 's-openend', 'active', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-openend');

-- active, task ended: an hour ago
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-late-1', 's-late', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-late-2', 's-late', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-late', 'w-late', 's-late', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-late');

-- active, workspace row gone: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-wgone-1', 's-wgone', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-wgone-2', 's-wgone', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-wgone', 'w-wgone', 's-wgone', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-wgone');

-- active, workspace dead: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-wdead-1', 's-wdead', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-wdead-2', 's-wdead', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-wdead', 'w-wdead', 's-wdead', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-wdead');

-- stopped, workspace runs: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-wruns-1', 's-wruns', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-wruns-2', 's-wruns', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-wruns', 'w-wruns', 's-wruns', 'stopped', 2, 1772355600000, 1772362800000, 1772355600000, 1772359200000, 't-wruns');

-- workspace does not name the session: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-oneway-1', 's-oneway', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-oneway-2', 's-oneway', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-oneway', 'w-oneway', 's-oneway', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-oneway');

-- session does not name the workspace: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-nows-1', 's-nows', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-nows-2', 's-nows', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-nows', NULL, 's-nows', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-nows');

-- neither names the other: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-both-1', 's-both', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-both-2', 's-both', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-both', NULL, 's-both', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-both');

-- conflict: A names the session, the session names B, B names another
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-conf-1', 's-conf', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-conf-2', 's-conf', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-conf-2-1', 's-conf-2', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-conf-2-2', 's-conf-2', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-conf', 'w-conf', 's-conf', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-conf');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-conf-2', 'w-conf', 's-conf-2', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-conf-2');

-- clean-up of nobody: 
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, task_id, cleanup_at, created_at) VALUES ('s-none', 'w-ok', NULL, 1772359200000, 1772355600000);

-- clean-up overdue: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-overdue-1', 's-overdue', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-overdue-2', 's-overdue', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-overdue', 'w-overdue', 's-overdue', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-overdue');
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, task_id, cleanup_at, created_at) VALUES ('s-overdue', 'w-overdue', 't-overdue', 1772362740000, 1772355600000);

-- clean-up due soon: or 59 minutes late
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-due-1', 's-due', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-due-2', 's-due', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-due', 'w-due', 's-due', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-due');
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, task_id, cleanup_at, created_at) VALUES ('s-due', 'w-due', 't-due', 1772362860000, 1772355600000);

-- clean-up of a stopped session: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-cstop-1', 's-cstop', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-cstop-2', 's-cstop', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-cstop', 'w-cstop', 's-cstop', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-cstop');
INSERT INTO idle_cleanup_schedule (session_id, workspace_id, task_id, cleanup_at, created_at) VALUES ('s-cstop', 'w-cstop', 't-cstop', 1772366700000, 1772355600000);

-- idle, no clean-up: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-idle-1', 's-idle', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-idle-2', 's-idle', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id, agent_completed_at) VALUES ('s-idle', 'w-idle', 's-idle', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-idle', 1772359200000);

-- idle, not yet: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-idle2-1', 's-idle2', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-idle2-2', 's-idle2', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id, agent_completed_at) VALUES ('s-idle2', 'w-idle2', 's-idle2', 'active', 2, 1772355600000, NULL, 1772355600000, 1772364960000, 't-idle2', 1772364960000);

-- orphan message: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-orphan', 's-vanished', 'user', 'hello', 1772362800000);

-- count drift: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-drift-1', 's-drift', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-drift-2', 's-drift', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-drift', 'w-drift', 's-drift', 'active', 7, 1772355600000, NULL, 1772355600000, 1772359200000, 't-drift');

-- duplicate message: 9 seconds apart
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-twice', 'w-twice', 's-twice', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-twice');
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-twice-1', 's-twice', 'user', 'do it', 1772362800000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-twice-2', 's-twice', 'user', 'do it', 1772362809000);

-- no user message: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-nouser-1', 's-nouser', 'assistant', 'assistant says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-nouser-2', 's-nouser', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-nouser', 'w-nouser', 's-nouser', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-nouser');

-- message after the end: 11 minutes; 9 are fine
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-after-1', 's-after', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-after-9', 's-after', 'assistant', 'hello', 1772359860000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-after9-1', 's-after9', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-after9-9', 's-after9', 'assistant', 'hello', 1772359740000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-after', 'w-after', 's-after', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-after');
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-after9', 'w-after9', 's-after9', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-after9');

-- agent in a dead workspace: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-agent-1', 's-agent', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-agent-2', 's-agent', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-agent', 'w-agent', 's-agent', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-agent');

-- mixed time forms: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-mixed-1', 's-mixed', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-mixed-2', 's-mixed', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-mixed', 'w-mixed', 's-mixed', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-mixed');

-- no workspace yet: queued a minute ago
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-fresh', NULL, 's-fresh', 'active', 0, 1772366340000, NULL, 1772366340000, 1772366340000, 't-fresh');

-- workspace being linked: both made two minutes ago
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-linking', NULL, 's-linking', 'active', 0, 1772366280000, NULL, 1772366280000, 1772366280000, 't-linking');

-- stopped, workspace row gone: keeps the old id
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-hard-1', 's-hard', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-hard-2', 's-hard', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-hard', 'w-hard-gone', 's-hard', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-hard');

-- no message yet: 
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-empty', 'w-empty', 's-empty', 'active', 0, 1772355600000, NULL, 1772355600000, 1772359200000, 't-empty');

-- just completed: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-just-1', 's-just', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-just-2', 's-just', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-just', 'w-just', 's-just', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-just');

-- same word, minutes apart: 
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-again', 'w-again', 's-again', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-again');
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-again-1', 's-again', 'user', 'ok', 1772362800000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-again-2', 's-again', 'user', 'ok', 1772362980000);

-- workspace stopped a minute ago: its session follows
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-stopping-1', 's-stopping', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-stopping-2', 's-stopping', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-stopping', 'w-stopping', 's-stopping', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-stopping');

-- shared session: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-share-1', 's-share', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-share-2', 's-share', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-share', 'w-share', 's-share', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, 't-share');

-- workspace session: made with a workspace, has no task
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-plain-1', 's-plain', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-plain-2', 's-plain', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-plain', 'w-plain', 's-plain', 'active', 2, 1772355600000, NULL, 1772355600000, 1772359200000, NULL);

-- failed task, stopped session: 
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-failed-1', 's-failed', 'user', 'user says 1', 1772355720000);
INSERT INTO chat_messages (id, session_id, role, content, created_at) VALUES ('m-s-failed-2', 's-failed', 'assistant', 'assistant says 2', 1772355780000);
INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id) VALUES ('s-failed', 'w-failed', 's-failed', 'stopped', 2, 1772355600000, 1772359200000, 1772355600000, 1772359200000, 't-failed');

-- projects: counts and index as they are
INSERT INTO do_meta (key, value) VALUES ('projectId', 'p1');
