-- Two worktrees of a task that names none
INSERT INTO projects (id, name, repo_path, status, created_at, updated_at) VALUES ('8b234e7e9394810b3072d649badad922', 'webapp', '/usr', 'active', '2026-02-17T10:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('50947ded986c703d56c68661f0b8dc22', '8b234e7e9394810b3072d649badad922', 't', '', 'running', '', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('101070c9532fc65e4d7b78878bcdf3a7', '8b234e7e9394810b3072d649badad922', 't1', '', 'running', '', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('5b78d8b2c010439a54c7c74e37cafc7a', '8b234e7e9394810b3072d649badad922', 'feature/x1', '/usr', '101070c9532fc65e4d7b78878bcdf3a7', 'active');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('9cb3b6026557002947feb3a72bbcd73e', '8b234e7e9394810b3072d649badad922', 'feature/x2', '/usr', '101070c9532fc65e4d7b78878bcdf3a7', 'active');
