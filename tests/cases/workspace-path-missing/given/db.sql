-- A directory that is gone, of a repository that is here
INSERT INTO projects (id, name, repo_path, status, created_at, updated_at) VALUES ('8b234e7e9394810b3072d649badad922', 'webapp', '/usr', 'active', '2026-02-17T10:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('50947ded986c703d56c68661f0b8dc22', '8b234e7e9394810b3072d649badad922', 't', '', 'running', '', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('5b78d8b2c010439a54c7c74e37cafc7a', '8b234e7e9394810b3072d649badad922', 'feature/x1', '/usr/no-such-worktree', NULL, 'active');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('9cb3b6026557002947feb3a72bbcd73e', '8b234e7e9394810b3072d649badad922', 'feature/x2', '/usr/no-such-worktree-2', NULL, 'conflict');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('36da6d3aee6d377a832fb5384d12ec3a', '8b234e7e9394810b3072d649badad922', 'feature/x3', '/usr/no-such-worktree-3', NULL, 'merged');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('01b3638a5cb7211f8a0789f5a8eb4f08', '8b234e7e9394810b3072d649badad922', 'feature/x4', '/usr/no-such-worktree-4', NULL, 'pending');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('718f53e119d386cf011e0ef412f7a66b', '8b234e7e9394810b3072d649badad922', 'feature/x5', 'worktrees/relative', NULL, 'active');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('915c9dca8f1c1aa504ea4ef77226a865', '8b234e7e9394810b3072d649badad922', 'feature/x6', '/usr/bin', NULL, 'active');
INSERT INTO projects (id, name, repo_path, status, created_at, updated_at) VALUES ('3a7d8c4946b6d49935eacb375ce748f7', 'webapp', '/no-such-repository', 'active', '2026-02-17T10:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('bb550c9f4782c31c0d005e1eff14c4d3', '3a7d8c4946b6d49935eacb375ce748f7', 'feature/x7', '/no-such-repository/wt', NULL, 'active');
INSERT INTO projects (id, name, repo_path, status, created_at, updated_at) VALUES ('e507eaab5083faf9c7cc227a6ca8b460', 'webapp', '', 'active', '2026-02-17T10:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('1b7816e2e0eb5e3817169ae143d70ad5', 'e507eaab5083faf9c7cc227a6ca8b460', 'feature/x8', '/no-such-repository/wt', NULL, 'active');
