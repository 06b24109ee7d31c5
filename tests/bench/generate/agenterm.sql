-- A database of agenterm at its newest schema (which is read first), mostly healthy: every fault below in one of 2,000 rows.
-- @ROWS@ sessions, half as many tasks, a tenth as many worktrees, twice as many commands.
-- @hex(n) is the n-th id in a fixed random order, @rand(n) a number below 2^32, @time(s) a time s seconds before @NOW@.
INSERT INTO projects(id, name, repo_path, status, created_at, updated_at)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 19)
SELECT @hex(100000000 + i), 'project ' || i, '/nonexistent/repo/' || i, CASE i WHEN 19 THEN 'archived' ELSE 'active' END,
       @time(9000000), @time(9000000)
FROM n;

INSERT INTO tasks(id, project_id, title, description, status, worktree_id, created_at, updated_at)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @ROWS@ / 2 - 1)
SELECT @hex(200000000 + i), @hex(100000000 + i % 20), 'task ' || i, 'make number ' || i || ' work', 'completed',
       CASE WHEN i % 2000 = 5 THEN @hex(350000000 + i)  -- names no worktree
            WHEN i % 4000 = 10 THEN ''                  -- its worktree is not linked back
            WHEN i % 5 = 0 THEN @hex(300000000 + i / 5)
            ELSE '' END,
       @time(8000000 + @rand(i) % 500000), @time(100000 + @rand(i) % 7000000)
FROM n;

INSERT INTO worktrees(id, project_id, branch_name, path, task_id, status)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @ROWS@ / 10 - 1)
SELECT @hex(300000000 + i), @hex(100000000 + (i * 5) % 20), 'branch-' || i, '/nonexistent/repo/.worktrees/' || i,
       CASE WHEN i % 2000 = 7 THEN @hex(250000000 + i) ELSE @hex(200000000 + i * 5) END, 'merged'
FROM n;

INSERT INTO sessions(id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @ROWS@ - 1),
     r(i, r, id) AS (SELECT i, i % 2000, @hex(i) FROM n)
SELECT id,
       CASE r WHEN 3 THEN NULL WHEN 6 THEN @hex(260000000 + i) ELSE @hex(200000000 + i / 2) END,
       CASE WHEN r = 1 OR (r > 40 AND r % 2 = 0) THEN 'project-task-coder-' || i ELSE id END,
       CASE WHEN r = 1 THEN '' WHEN r = 5 OR (r > 40 AND r % 2 = 0) THEN '@' || (i % 50) ELSE id END,
       'claude-code', 'coder',
       CASE WHEN r IN (1, 9, 10, 38) THEN 'working' WHEN r = 2 THEN 'dreaming' WHEN r = 3 THEN 'waiting_review' WHEN r = 4 THEN 'human_takeover'
            WHEN r = 5 OR r % 20 = 0 THEN 'suspended' WHEN r % 2 = 0 THEN 'completed' ELSE 'terminated' END,
       0,
       CASE r WHEN 7 THEN '2026-02-01 10:00:00' ELSE @time(1000000 + @rand(i) % 7000000) END,
       CASE WHEN r IN (3, 4, 10, 38) THEN @time(5) WHEN r = 8 THEN @time(8500000) ELSE @time(10000 + @rand(i) % 900000) END
FROM r;

INSERT INTO session_commands(id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @ROWS@ * 2 - 1)
SELECT @hex(400000000 + i), CASE i % 4000 WHEN 1 THEN @hex(50000000 + i) ELSE @hex(i / 2) END, 'send', '{}',
       CASE i % 4000 WHEN 2 THEN 'queued' ELSE 'completed' END, @time(10000 + @rand(i) % 900000), '', '', ''
FROM n;
