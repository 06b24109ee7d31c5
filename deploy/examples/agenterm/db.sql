-- A small store of agenterm, as a working week leaves it: most of it is healthy, five things are not.
-- Times are relative to the moment it is made; the application's own schema comes first.

INSERT INTO projects (id, name, repo_path, status, created_at, updated_at) VALUES ('9e221633b9e4e7aaaa2cd783d6870cdc', 'webshop', '/home/dev/webshop', 'active', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-20 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 day'));

INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at)
  VALUES ('65b02ff5daeaa4f0c0948c5d48934e45', '9e221633b9e4e7aaaa2cd783d6870cdc', 'checkout', '', 'running', '8268622f50392e806c4375f1720fa320', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-9 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 days'));
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at)
  VALUES ('e5f0e53b3c1bf5b6ce02177722976ff8', '9e221633b9e4e7aaaa2cd783d6870cdc', 'search', '', 'running', '1701dee50e5742ed7a4871396720d5a3', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-9 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 days'));
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at)
  VALUES ('fc54db7685fbb55317cea6d89b7d31eb', '9e221633b9e4e7aaaa2cd783d6870cdc', 'invoices', '', 'reviewing', 'a1caacdf2556fb68a7f4d6c577153191', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-9 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 days'));
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at)
  VALUES ('6d15648cb0912686de376848047b4359', '9e221633b9e4e7aaaa2cd783d6870cdc', 'login', '', 'done', '3018cc1444fa4aa0b2b1db88f0c88191', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-9 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 days'));
-- its worktree was removed, the link was left
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at)
  VALUES ('fd5b6a99a6ad8144cf1aa465fac18aad', '9e221633b9e4e7aaaa2cd783d6870cdc', 'export', '', 'running', 'c6ab24e33abdac2732afc3027df972d6', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-9 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 days'));
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at)
  VALUES ('9f5157b91b9622e20378edc0e5752589', '9e221633b9e4e7aaaa2cd783d6870cdc', 'mail', '', 'pending', '', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-9 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 days'));

INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status)
  VALUES ('8268622f50392e806c4375f1720fa320', '9e221633b9e4e7aaaa2cd783d6870cdc', 'feature/checkout', '/home/dev/webshop/.worktrees/checkout', '65b02ff5daeaa4f0c0948c5d48934e45', 'active');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status)
  VALUES ('1701dee50e5742ed7a4871396720d5a3', '9e221633b9e4e7aaaa2cd783d6870cdc', 'feature/search', '/home/dev/webshop/.worktrees/search', 'e5f0e53b3c1bf5b6ce02177722976ff8', 'active');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status)
  VALUES ('a1caacdf2556fb68a7f4d6c577153191', '9e221633b9e4e7aaaa2cd783d6870cdc', 'feature/invoices', '/home/dev/webshop/.worktrees/invoices', 'fc54db7685fbb55317cea6d89b7d31eb', 'active');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status)
  VALUES ('3018cc1444fa4aa0b2b1db88f0c88191', '9e221633b9e4e7aaaa2cd783d6870cdc', 'feature/login', '/home/dev/webshop/.worktrees/login', '6d15648cb0912686de376848047b4359', 'merged');

INSERT INTO sessions VALUES ('3ffc86d549f350a31a4b163c3a72ea28', '65b02ff5daeaa4f0c0948c5d48934e45', 'agenterm', '@1', 'claude-code', 'coder', 'working', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-3 hours'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 minute'));
INSERT INTO sessions VALUES ('21f8650fadb64bc6c6465cc905901b96', '65b02ff5daeaa4f0c0948c5d48934e45', 'agenterm', '@2', 'claude-code', 'reviewer', 'idle', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 hours'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-25 minutes'));
INSERT INTO sessions VALUES ('248bed8296bc617e640875227a0fd7e1', 'e5f0e53b3c1bf5b6ce02177722976ff8', 'agenterm', '@3', 'claude-code', 'coder', 'working', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-5 hours'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 minutes'));
INSERT INTO sessions VALUES ('0428b17f1850a10e4ac2f9577a672c33', 'fc54db7685fbb55317cea6d89b7d31eb', 'agenterm', '@4', 'claude-code', 'coder', 'human_takeover', 1, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 day'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-10 minutes'));
INSERT INTO sessions VALUES ('c8f3a6fc040347302dc75942acd1f7bc', 'fc54db7685fbb55317cea6d89b7d31eb', 'agenterm', '@5', 'claude-code', 'reviewer', 'waiting_review', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 day'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-3 hours'));
-- ended: their windows are closed
INSERT INTO sessions VALUES ('0a538abd7f741e233bc621e6f5c3a207', '6d15648cb0912686de376848047b4359', 'agenterm', '@31', 'claude-code', 'coder', 'completed', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-8 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-7 days'));
INSERT INTO sessions VALUES ('e5335521c38dcf42b17fc5a8a1f5d94d', '6d15648cb0912686de376848047b4359', 'agenterm', '@32', 'claude-code', 'reviewer', 'completed', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-7 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-7 days'));
INSERT INTO sessions VALUES ('22a80f3865c23be84ca192dfbf88dcd4', '9f5157b91b9622e20378edc0e5752589', 'agenterm', '@33', 'claude-code', 'planner', 'failed', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-6 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-6 days'));
-- history of earlier weeks
INSERT INTO sessions VALUES ('5d0c8ab1e2f74f6fa1c3b9d7e80a4412', '6d15648cb0912686de376848047b4359', 'agenterm', '@52', 'claude-code', 'coder', 'completed', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-12 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-12 days'));
INSERT INTO sessions VALUES ('90fe1c6d3a5b4e2c8d7f0b1a2c3d4e5f', '6d15648cb0912686de376848047b4359', 'agenterm', '@52', 'claude-code', 'reviewer', 'completed', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-12 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-12 days'));
INSERT INTO sessions VALUES ('b7a9d2e4c6f8415a93b5d7e9f1a3c5e7', '6d15648cb0912686de376848047b4359', 'agenterm', '@53', 'claude-code', 'planner', 'completed', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-13 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-13 days'));
INSERT INTO sessions VALUES ('e1f3a5b7c9d24e6f8a0b2c4d6e8f0a1b', '6d15648cb0912686de376848047b4359', 'agenterm', '@54', 'claude-code', 'coder', 'failed', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-14 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-14 days'));
-- already ended: nothing to repair
INSERT INTO sessions VALUES ('345f5ebf8fae24ab8bebd09171618166', 'e5f0e53b3c1bf5b6ce02177722976ff8', 'agenterm', '', 'claude-code', 'coder', 'failed', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-5 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-5 days'));
-- recorded, but the window could not be opened
INSERT INTO sessions VALUES ('da36e327e9b74e70ca49b958739caf38', 'e5f0e53b3c1bf5b6ce02177722976ff8', 'agenterm', '', 'claude-code', 'coder', 'working', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 hours'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 hours'));
INSERT INTO sessions VALUES ('25cc686f9a771a265dbd0808f1835857', '9f5157b91b9622e20378edc0e5752589', 'agenterm', '', 'claude-code', 'planner', 'working', 0, strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-5 days'), strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-5 days'));
-- from before the tmux server restarted: its window id now belongs to an editor
INSERT INTO sessions VALUES ('176466f3fde86a639a7cfa87679cc5ed', 'fd5b6a99a6ad8144cf1aa465fac18aad', 'agenterm', '@6', 'claude-code', 'coder', 'working', 0, '2025-02-26T14:12:40Z', '2025-02-26T15:02:11Z');
