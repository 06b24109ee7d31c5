-- The same with unsafe repairs
INSERT INTO projects (id, name, repo_path, status, created_at, updated_at) VALUES ('8b234e7e9394810b3072d649badad922', 'webapp', '/usr', 'active', '2026-02-17T10:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('50947ded986c703d56c68661f0b8dc22', '8b234e7e9394810b3072d649badad922', 't', '', 'running', '', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('5b78d8b2c010439a54c7c74e37cafc7a', 'fcc07ff3c405d6fca6c7ed8a870205ae', 'send_text', '{"text":"go on"}', 'failed', '2026-02-28T09:00:00Z', '', '', '2026-02-28T09:00:00Z');
