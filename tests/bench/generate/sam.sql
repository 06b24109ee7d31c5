-- One project of simple-agent-manager: @ROWS@ chat sessions with ten messages each in its own database (main), and what the control
-- database (d1) knows of them. @P@ is the project's number. Healthy, but for the few faults of every hundredth project.
INSERT INTO do_meta VALUES ('projectId', 'P@P@');

INSERT INTO chat_sessions (id, workspace_id, topic, status, message_count, started_at, ended_at, created_at, updated_at, task_id)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @ROWS@ - 1)
SELECT @session(i), @workspace(i), 'task ' || i,
       CASE i % 20 WHEN 0 THEN 'active' WHEN 1 THEN 'sleeping' ELSE 'stopped' END,
       10, @NOW_MS@ - 864000000 + i, CASE WHEN i % 20 > 1 THEN @NOW_MS@ - 432000000 + i END, @NOW_MS@ - 864000000 + i,
       @NOW_MS@ - CASE WHEN i % 20 = 0 THEN 1800000 ELSE 432000000 END + i, @task(i)
FROM n;

-- Messages arrive interleaved.
INSERT INTO chat_messages (id, session_id, role, content, created_at, sequence)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @ROWS@ * 10 - 1)
SELECT @message(i), @session(i % @ROWS@),
       CASE (i / @ROWS@) % 2 WHEN 0 THEN 'user' ELSE 'assistant' END,
       'message ' || (i / @ROWS@) || ' of session ' || (i % @ROWS@) || ': nothing out of the ordinary happened here, go on',
       @NOW_MS@ - 864000000 + (i / @ROWS@) * 60000 + i % @ROWS@, 1 + i / @ROWS@
FROM n;

INSERT INTO activity_events (id, event_type, actor_type, session_id, task_id, created_at)
SELECT 'created ' || id, 'session.created', 'system', id, task_id, created_at FROM chat_sessions;
INSERT INTO acp_sessions (id, chat_session_id, workspace_id, status, last_heartbeat_at, created_at, updated_at)
SELECT 'A' || substr(task_id, 2), id, workspace_id, CASE status WHEN 'active' THEN 'running' ELSE 'completed' END, @NOW_MS@ - 60000, created_at, updated_at FROM chat_sessions;
INSERT INTO session_state (session_id, activity, activity_at)
SELECT id, CASE status WHEN 'active' THEN 'idle' ELSE 'stopped' END, updated_at FROM chat_sessions;
INSERT INTO workspace_activity (workspace_id, session_id, created_at)
SELECT workspace_id, id, created_at FROM chat_sessions WHERE status = 'active';

INSERT INTO d1.projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count)
SELECT 'P@P@', 'u', 'project @P@', 'project @P@', 'g', 'org/@P@', 'u', (SELECT count(*) FROM chat_sessions WHERE status = 'active');
INSERT INTO d1.tasks (id, project_id, user_id, title, status, created_by, created_at, updated_at, completed_at, chat_session_id, workspace_id)
SELECT task_id, 'P@P@', 'u', topic, CASE status WHEN 'stopped' THEN 'completed' ELSE 'in_progress' END, 'u', @text(created_at), @text(updated_at),
       CASE status WHEN 'stopped' THEN @text(updated_at) END, id, CASE WHEN rowid % 20 < 4 THEN workspace_id END
FROM chat_sessions;
INSERT INTO d1.task_status_events (id, task_id, to_status, actor_type, created_at)
SELECT 'E' || substr(id, 2), id, status, 'system', updated_at FROM d1.tasks WHERE project_id = 'P@P@';
INSERT INTO d1.workspaces (id, user_id, name, repository, status, vm_size, vm_location, created_at, updated_at, project_id, chat_session_id)
SELECT workspace_id, 'u', topic, 'org/@P@', CASE status WHEN 'active' THEN 'running' WHEN 'sleeping' THEN 'deleted' ELSE 'stopped' END, 's', 'l',
       @text(created_at), @text(updated_at), 'P@P@', id
FROM chat_sessions WHERE rowid % 20 < 4;
INSERT INTO d1.agent_sessions (id, workspace_id, user_id, status, created_at, updated_at)
SELECT 'A' || substr(task_id, 2), workspace_id, 'u', CASE status WHEN 'active' THEN 'running' ELSE 'stopped' END, @text(created_at), @text(updated_at)
FROM chat_sessions WHERE rowid % 20 < 4;
INSERT INTO d1.session_summaries (id, project_id, user_id, status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, synced_at)
SELECT id, 'P@P@', 'u', status, topic, task_id, workspace_id, message_count, started_at, ended_at, updated_at, @NOW_MS@ - 300000 FROM chat_sessions;
INSERT INTO d1.session_index_coverage VALUES ('P@P@', @NOW_MS@ - 300000, @ROWS@, 1);
INSERT INTO d1.session_snapshots (id, project_id, workspace_id, user_id, chat_session_id, runtime, status, manifest_r2_key, expires_at, created_at, updated_at)
SELECT 'S' || substr(task_id, 2), 'P@P@', workspace_id, 'u', id, 'vm', 'available', 'k', @text(@NOW_MS@ + 864000000), @text(created_at), @text(updated_at)
FROM chat_sessions WHERE status = 'sleeping';

-- Faults.
DELETE FROM d1.tasks WHERE @P@ % 100 = 7 AND project_id = 'P@P@' AND id = (SELECT task_id FROM chat_sessions WHERE rowid = 10);
UPDATE chat_sessions SET message_count = 11 WHERE @P@ % 100 = 7 AND rowid = 11;
UPDATE d1.session_summaries SET message_count = 9 WHERE @P@ % 100 = 7 AND id = (SELECT id FROM chat_sessions WHERE rowid = 12);
UPDATE d1.workspaces SET chat_session_id = NULL WHERE @P@ % 100 = 7 AND id = (SELECT workspace_id FROM chat_sessions WHERE rowid = 21);
