-- Two windows of one name: only a person can tell
INSERT INTO projects (id, name, repo_path, status, created_at, updated_at) VALUES ('8b234e7e9394810b3072d649badad922', 'webapp', '/usr', 'active', '2026-02-17T10:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('50947ded986c703d56c68661f0b8dc22', '8b234e7e9394810b3072d649badad922', 't', '', 'running', '', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('5b78d8b2c010439a54c7c74e37cafc7a', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'running', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: it names one of the two
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('9cb3b6026557002947feb3a72bbcd73e', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@4', 'claude-code', 'coder', 'running', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
