-- Every fault and trap of the first version
-- tasks and worktrees
INSERT INTO projects (id, name, repo_path, status, created_at, updated_at) VALUES ('8b234e7e9394810b3072d649badad922', 'webapp', '/usr', 'active', '2026-02-17T10:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('50947ded986c703d56c68661f0b8dc22', '8b234e7e9394810b3072d649badad922', 't', '', 'running', '', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('f948a9907808d916b7efaf5a61edd279', '8b234e7e9394810b3072d649badad922', 't2', '', 'running', '', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
-- fault: its worktree was removed
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('a6baca5fc3a4a69f5e221a00f62f123c', '8b234e7e9394810b3072d649badad922', 't-dangling', '', 'running', '61a70d88f25f272b3f1db452f143c356', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('6f4d8d6fa54cc58522d46f29ee08124d', '8b234e7e9394810b3072d649badad922', 't-oneway', '', 'running', '', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
-- fault: made for the task, which does not know it
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('5b9c744570b70f05b21698072323e074', '8b234e7e9394810b3072d649badad922', 'feature/wt-oneway', '/usr', '6f4d8d6fa54cc58522d46f29ee08124d', 'active');
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('fb6bb05a69c440273fd943ee6a908aaf', '8b234e7e9394810b3072d649badad922', 't-linked', '', 'running', '2b38d185570f4e9fa2d984189dd99a12', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
-- healthy: linked both ways
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('2b38d185570f4e9fa2d984189dd99a12', '8b234e7e9394810b3072d649badad922', 'feature/wt-linked', '/usr', 'fb6bb05a69c440273fd943ee6a908aaf', 'active');
-- healthy: made without a task
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('82683ac0aa6f8f27fc701eff2341553e', '8b234e7e9394810b3072d649badad922', 'feature/wt-free', '/usr', NULL, 'active');
-- fault: the directory is gone, the repository is here
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('fb81977c1f852826d3063634a66f0379', '8b234e7e9394810b3072d649badad922', 'feature/wt-pathless', '/usr/no-such-worktree', NULL, 'active');
-- healthy: merged, its directory was removed
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('b62a71fe4c9cf7c175146df7ff1ffe1f', '8b234e7e9394810b3072d649badad922', 'feature/wt-merged', '/usr/merged-worktree', NULL, 'merged');
-- a repository of another machine
INSERT INTO projects (id, name, repo_path, status, created_at, updated_at) VALUES ('484103d9ac7174b0a6c9a98ba0a3c243', 'elsewhere', '/no-such-repository', 'active', '2026-02-17T10:00:00Z', '2026-02-28T09:00:00Z');
-- healthy as far as this machine can tell
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('e215873155cf871851999fa5ca28eaf3', '484103d9ac7174b0a6c9a98ba0a3c243', 'feature/wt-away', '/no-such-repository/wt', NULL, 'active');
-- fault: its task does not exist
INSERT INTO worktrees (id, project_id, branch_name, path, task_id, status) VALUES ('0881cb09d8aa152d28324bb84bf8db65', '8b234e7e9394810b3072d649badad922', 'feature/wt-notask', '/usr', '7804987f879b1aceb560695990a83892', 'active');
-- healthy: being linked right now
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('1e44e1c1ff22f26ceb18650d6f85a392', '8b234e7e9394810b3072d649badad922', 't-fresh', '', 'running', '3e07f12029858d0aae452cfaebe1593d', '2026-02-26T09:00:00Z', '2026-03-01T11:59:58Z');

-- era A: windows in a shared tmux session
-- healthy
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('af061f5c963b6886870ec53884870ef3', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@1', 'claude-code', 'coder', 'running', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: no window was ever opened
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('a149bd8a6cf4370cf9eae8a2bf174d63', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'running', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: the window is there, its id was not recorded
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('4f3e211428f683ca2f56a7404f6dd85d', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'running', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: the window is gone
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('280f69b514307a15c7a6f2aeffe8130c', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@90', 'claude-code', 'coder', 'running', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: the server restarted since, the id is the window of somebody else
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('9eaf2005936658257b7168cdc6c4f5e1', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@3', 'claude-code', 'coder', 'running', 0, '2026-02-25T09:00:00Z', '2026-02-25T09:30:00Z');
-- healthy: same server, somebody renamed the window
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('ce7a6d0a9b6d56ae1a2d93cbc74d3edc', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@4', 'claude-code', 'coder', 'running', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: the window is its own
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('54194e4677bf2eb0cd886547b883d857', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@5', 'claude-code', 'coder', 'running', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: claims the window of another session
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('ae4d54c03876a7a53219214336dd889b', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@5', 'claude-code', 'coder', 'idle', 0, '2026-02-28T11:00:00Z', '2026-02-28T11:00:00Z');
-- healthy: ended; its id was handed out again
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('b9c17e3f3be879039d983612e9161535', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@5', 'claude-code', 'coder', 'completed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: ended, its window is closed
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('39aac5db95933668b3e3d548a2df04f7', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@91', 'claude-code', 'coder', 'completed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: already ended
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('dd2d4ab851f5d49164be879e024c3534', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'completed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: being created right now
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('cc15d6de0e95a86ac4ced9144939f7b7', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'running', 0, '2026-03-01T11:59:58Z', '2026-03-01T11:59:58Z');
-- fault: taken over, the flag says no
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('84adc98da4c414b585605fe3b7f66034', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@9', 'claude-code', 'coder', 'human_takeover', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: taken over
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('3a23374b596954d26c9736b758990fd7', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@10', 'claude-code', 'coder', 'human_takeover', 1, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: a command was sent while a person is attached
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('beb580c50afe5ec0176e3ad5eeac5247', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@11', 'claude-code', 'coder', 'running', 1, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');

-- what a row says about itself
-- fault: active, its task was deleted
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('7234d2eb6b27e1e538e9116a5e3ae5a9', NULL, 'agenterm', '@12', 'claude-code', 'coder', 'running', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: history of a deleted task
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('c77fa9ed8fe62719a7c80cb2a93a71eb', NULL, 'agenterm', '', 'claude-code', 'coder', 'completed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: names a task that does not exist
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('f5874e69c11c61ffded37318610da138', '7804987f879b1aceb560695990a83892', 'agenterm', '@13', 'claude-code', 'coder', 'running', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: not RFC 3339
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('83bcbcb242daa4d7a193ad8a78b12963', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@14', 'claude-code', 'coder', 'running', 0, '2026-02-28T09:00:00Z', '2026-02-28 10:30:00');
-- fault: no such day
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('caebe4c04e5ea93aac66b3af9dee4712', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'completed', 0, '2026-02-30T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: active before it was created
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('ca233cbed3608cec2b7ce11bea721424', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'completed', 0, '2026-02-28T09:00:00Z', '2026-02-27T09:00:00Z');
-- fault: not in the vocabulary
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('9f276a183f141e4a9dbd290833b32ead', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'zombie', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: a word of later versions
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('0d2cebaf62c3594fd26375efb8c98dbb', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'failed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
