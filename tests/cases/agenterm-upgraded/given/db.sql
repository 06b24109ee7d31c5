-- An upgraded database that holds rows of all three eras
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
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('af061f5c963b6886870ec53884870ef3', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@1', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: no window was ever opened
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('a149bd8a6cf4370cf9eae8a2bf174d63', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: the window is there, its id was not recorded
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('4f3e211428f683ca2f56a7404f6dd85d', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: the window is gone
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('280f69b514307a15c7a6f2aeffe8130c', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@90', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: the server restarted since, the id is the window of somebody else
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('9eaf2005936658257b7168cdc6c4f5e1', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@3', 'claude-code', 'coder', 'working', 0, '2026-02-25T09:00:00Z', '2026-02-25T09:30:00Z');
-- healthy: same server, somebody renamed the window
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('ce7a6d0a9b6d56ae1a2d93cbc74d3edc', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@4', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: the window is its own
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('54194e4677bf2eb0cd886547b883d857', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@5', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: claims the window of another session
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('ae4d54c03876a7a53219214336dd889b', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@5', 'claude-code', 'coder', 'idle', 0, '2026-02-28T11:00:00Z', '2026-02-28T11:00:00Z');
-- healthy: ended; its id was handed out again
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('b9c17e3f3be879039d983612e9161535', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@5', 'claude-code', 'coder', 'completed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: ended, its window is closed
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('39aac5db95933668b3e3d548a2df04f7', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@91', 'claude-code', 'coder', 'completed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: already ended
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('dd2d4ab851f5d49164be879e024c3534', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'completed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: being created right now
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('cc15d6de0e95a86ac4ced9144939f7b7', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'working', 0, '2026-03-01T11:59:58Z', '2026-03-01T11:59:58Z');
-- fault: taken over, the flag says no
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('84adc98da4c414b585605fe3b7f66034', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@9', 'claude-code', 'coder', 'human_takeover', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: taken over
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('3a23374b596954d26c9736b758990fd7', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@10', 'claude-code', 'coder', 'human_takeover', 1, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: a command was sent while a person is attached
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('beb580c50afe5ec0176e3ad5eeac5247', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@11', 'claude-code', 'coder', 'working', 1, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');

-- era B: a tmux session for each session
-- healthy
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('98e38af93a7d4fa577ace9acd779f2c2', '50947ded986c703d56c68661f0b8dc22', 'webapp-login-coder', '@12', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: its tmux session was never opened
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('1c89fd0dae901a7a95c2a9b340fe9653', '50947ded986c703d56c68661f0b8dc22', 'webapp-search-coder', '', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: its tmux session is gone
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('4fca1af676fcc5f3d867d7d5214c9839', '50947ded986c703d56c68661f0b8dc22', 'webapp-billing-coder-02', '@80', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: gone; the id is a window of somebody else now
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('8473e132b2f14a0e97be1f16c89de187', '50947ded986c703d56c68661f0b8dc22', 'webapp-export-coder', '@0', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('7c26bf7a0636afc030ece8248e5175af', '50947ded986c703d56c68661f0b8dc22', 'webapp-import-coder', '@13', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: claims the window of another session; it has none of its own
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('bafa494de5669a7084daa3227405670d', '50947ded986c703d56c68661f0b8dc22', 'webapp-imports-coder', '@13', 'claude-code', 'coder', 'idle', 0, '2026-02-28T11:00:00Z', '2026-02-28T11:00:00Z');
-- fault: its own tmux session is alive, the row names a window of another
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('ee8f77b323bb4713896036feb37213bf', '50947ded986c703d56c68661f0b8dc22', 'webapp-mail-coder', '@13', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: waiting for review
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('ea8932928790d2e22d78b8322d6fc092', '50947ded986c703d56c68661f0b8dc22', 'webapp-login-reviewer', '@15', 'claude-code', 'reviewer', 'waiting_review', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: the agent exited after its commit
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('36afe15fff7296a35e95b9c786c42a58', '50947ded986c703d56c68661f0b8dc22', 'webapp-report-coder', '@80', 'claude-code', 'coder', 'waiting_review', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: ended
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('de37065176a0fe6c7fede46bb2821785', '50947ded986c703d56c68661f0b8dc22', 'webapp-old-coder', '@80', 'claude-code', 'coder', 'completed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: ended; its id was handed out again
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('747fe8aefb80bc3c7a1f0374cf6bf3bb', '50947ded986c703d56c68661f0b8dc22', 'webapp-older-coder', '@13', 'claude-code', 'coder', 'failed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: its window is there, in a tmux session that was renamed
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('5b74aa3a57cee261fe839318cd802ae5', '50947ded986c703d56c68661f0b8dc22', 'ai-coding', '@16', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: taken over, the flag says no
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('3075b7c62b32ad7712501f497a789ae0', '50947ded986c703d56c68661f0b8dc22', 'webapp-forms-coder', '@17', 'claude-code', 'coder', 'human_takeover', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: a command was sent while a person is attached
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('f21d9d35c1c15cd3d2c325c6bd611292', '50947ded986c703d56c68661f0b8dc22', 'webapp-charts-coder', '@18', 'claude-code', 'coder', 'working', 1, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');

-- era C: terminals of the program itself
-- healthy
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('70ebaa6984478e38a50edbfaf4374bcb', '50947ded986c703d56c68661f0b8dc22', '70ebaa6984478e38a50edbfaf4374bcb', '70ebaa6984478e38a50edbfaf4374bcb', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-03-01T11:59:59Z');
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('85112fd889355ec8699134f94e40b872', '50947ded986c703d56c68661f0b8dc22', '85112fd889355ec8699134f94e40b872', '85112fd889355ec8699134f94e40b872', 'claude-code', 'coder', 'idle', 0, '2026-02-28T09:00:00Z', '2026-03-01T11:59:59Z');
-- fault: recorded, its terminal was never started
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('d5d2f3e681d9e53b58d50eeb1687da60', '50947ded986c703d56c68661f0b8dc22', 'd5d2f3e681d9e53b58d50eeb1687da60', '', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
-- fault: no sign of life for a day, others have one
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('bf576412e2f606df0197febc9f8c51f2', '50947ded986c703d56c68661f0b8dc22', 'bf576412e2f606df0197febc9f8c51f2', 'bf576412e2f606df0197febc9f8c51f2', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: the terminal has another id
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('086fe13d5e8f583d11b62e34bc369fe4', '50947ded986c703d56c68661f0b8dc22', '086fe13d5e8f583d11b62e34bc369fe4', '@5', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-03-01T11:59:59Z');
-- fault: the terminal has another name
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('99554850411fa61d0b4b6e0980b47363', '50947ded986c703d56c68661f0b8dc22', 'webapp-mixed-coder', '99554850411fa61d0b4b6e0980b47363', 'claude-code', 'coder', 'idle', 0, '2026-02-28T09:00:00Z', '2026-03-01T11:59:59Z');
-- healthy: ended
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('1d4b143d1319c46ac5c0fd587debeef9', '50947ded986c703d56c68661f0b8dc22', '1d4b143d1319c46ac5c0fd587debeef9', '@5', 'claude-code', 'coder', 'terminated', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: the server was shut down
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('b9503b3674b63e21378b238c71638087', '50947ded986c703d56c68661f0b8dc22', 'b9503b3674b63e21378b238c71638087', 'b9503b3674b63e21378b238c71638087', 'claude-code', 'coder', 'suspended', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: shut down while taken over
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('4629d1719a093fc7f1a45d0e69b77388', '50947ded986c703d56c68661f0b8dc22', '4629d1719a093fc7f1a45d0e69b77388', '4629d1719a093fc7f1a45d0e69b77388', 'claude-code', 'coder', 'suspended', 1, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: the agent exited after its commit
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('182cbeded9145243b6411d2fe74db350', '50947ded986c703d56c68661f0b8dc22', '182cbeded9145243b6411d2fe74db350', '182cbeded9145243b6411d2fe74db350', 'claude-code', 'coder', 'waiting_review', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: a command was sent while a person is attached
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('e32fb6ce4c7091944faba586b8741f5d', '50947ded986c703d56c68661f0b8dc22', 'e32fb6ce4c7091944faba586b8741f5d', 'e32fb6ce4c7091944faba586b8741f5d', 'claude-code', 'coder', 'working', 1, '2026-02-28T09:00:00Z', '2026-03-01T11:59:59Z');
-- fault: taken over, the flag says no
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('50ebfa03ef2f42c38f5fd19e4c23eeb3', '50947ded986c703d56c68661f0b8dc22', '50ebfa03ef2f42c38f5fd19e4c23eeb3', '50ebfa03ef2f42c38f5fd19e4c23eeb3', 'claude-code', 'coder', 'human_takeover', 0, '2026-02-28T09:00:00Z', '2026-03-01T11:59:59Z');
-- healthy: being created right now
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('a093b99104f018f1c37036ba21cd8b9c', '50947ded986c703d56c68661f0b8dc22', 'a093b99104f018f1c37036ba21cd8b9c', '', 'claude-code', 'coder', 'working', 0, '2026-03-01T11:59:58Z', '2026-03-01T11:59:58Z');
-- healthy: ended in the tmux time
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('8933168c1a874b1bf71a42adcecf91cb', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@7', 'claude-code', 'coder', 'failed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('c986f5e65cf8f08c9775d0b1ae6ba172', '50947ded986c703d56c68661f0b8dc22', 'webapp-legacy-coder', '@8', 'claude-code', 'coder', 'completed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: archived, a session of it is active
INSERT INTO projects (id, name, repo_path, status, created_at, updated_at) VALUES ('44a2b534caf68870ddeb99fe70b11cc1', 'old-site', '/usr', 'archived', '2026-02-17T10:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO tasks (id, project_id, title, description, status, worktree_id, created_at, updated_at) VALUES ('edb21f4b20cceeb0559815314befb166', '44a2b534caf68870ddeb99fe70b11cc1', 't-archived', '', 'running', '', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('b0d71711a9c83433841ca58a49ff0f89', 'edb21f4b20cceeb0559815314befb166', 'b0d71711a9c83433841ca58a49ff0f89', 'b0d71711a9c83433841ca58a49ff0f89', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-03-01T11:59:59Z');
-- healthy: ended before
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('ccc630fc3efb65ad676306a2bfdeae50', 'edb21f4b20cceeb0559815314befb166', 'ccc630fc3efb65ad676306a2bfdeae50', 'ccc630fc3efb65ad676306a2bfdeae50', 'claude-code', 'coder', 'terminated', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');

-- what a row says about itself
-- fault: active, its task was deleted
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('96f32c184d880faee8ddcb53f1039f0b', NULL, '96f32c184d880faee8ddcb53f1039f0b', '96f32c184d880faee8ddcb53f1039f0b', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-03-01T11:59:59Z');
-- healthy: history of a deleted task
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('fcb82bf9b1022e1dd6907c52da5367a1', NULL, 'fcb82bf9b1022e1dd6907c52da5367a1', 'fcb82bf9b1022e1dd6907c52da5367a1', 'claude-code', 'coder', 'terminated', 0, '2026-02-28T09:00:00Z', '2026-03-01T11:59:59Z');
-- fault: names a task that does not exist
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('8be1c0ef5b1a5af81c15c65a6ca43f0f', '7804987f879b1aceb560695990a83892', '8be1c0ef5b1a5af81c15c65a6ca43f0f', '8be1c0ef5b1a5af81c15c65a6ca43f0f', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-03-01T11:59:59Z');
-- fault: not RFC 3339
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('25c7eeb85e125cd76ade4f7885960f66', '50947ded986c703d56c68661f0b8dc22', '25c7eeb85e125cd76ade4f7885960f66', '25c7eeb85e125cd76ade4f7885960f66', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28 10:30:00');
-- fault: no such day
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('7b5f9b299fe2e55cd688173486268237', '50947ded986c703d56c68661f0b8dc22', '7b5f9b299fe2e55cd688173486268237', '7b5f9b299fe2e55cd688173486268237', 'claude-code', 'coder', 'terminated', 0, '2026-02-30T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: active before it was created
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('8308352abedb85c74887b24c9b5b15d2', '50947ded986c703d56c68661f0b8dc22', '8308352abedb85c74887b24c9b5b15d2', '8308352abedb85c74887b24c9b5b15d2', 'claude-code', 'coder', 'terminated', 0, '2026-02-28T09:00:00Z', '2026-02-27T09:00:00Z');
-- fault: not in the vocabulary
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('925745b7c8901f03809e65f3bbfeeb7d', '50947ded986c703d56c68661f0b8dc22', '925745b7c8901f03809e65f3bbfeeb7d', '925745b7c8901f03809e65f3bbfeeb7d', 'claude-code', 'coder', 'zombie', 0, '2026-02-28T09:00:00Z', '2026-03-01T11:59:59Z');

-- planning
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('31f69a66928a5bb82e0dd6bb91766d21', '8b234e7e9394810b3072d649badad922', 'r1', 'planning', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
-- fault: its agent session was deleted
INSERT INTO planning_sessions (id, requirement_id, agent_session_id, status, blueprint, created_at, updated_at) VALUES ('93993f2b6b76c82697c6b307db5b4def', '31f69a66928a5bb82e0dd6bb91766d21', '1537e66ad5969745d544325799e5eca3', 'active', '', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('909ef30180d962445fbd6ddcc2a03a01', '8b234e7e9394810b3072d649badad922', 'r2', 'planning', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('adeda0a9d8b3acff5bc0776e20afae3e', '50947ded986c703d56c68661f0b8dc22', 'adeda0a9d8b3acff5bc0776e20afae3e', 'adeda0a9d8b3acff5bc0776e20afae3e', 'claude-code', 'planner', 'terminated', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: its agent has ended
INSERT INTO planning_sessions (id, requirement_id, agent_session_id, status, blueprint, created_at, updated_at) VALUES ('a0a44043ff96f1254aa5418aeee943f3', '909ef30180d962445fbd6ddcc2a03a01', 'adeda0a9d8b3acff5bc0776e20afae3e', 'active', '', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('e8b7a61e121769029608c125510f259c', '8b234e7e9394810b3072d649badad922', 'r3', 'ready', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
-- fault: completed, nothing was planned
INSERT INTO planning_sessions (id, requirement_id, agent_session_id, status, blueprint, created_at, updated_at) VALUES ('9f1242ad3503a6a35d1ef97a00053ede', 'e8b7a61e121769029608c125510f259c', NULL, 'completed', '', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
-- fault: its blueprint is saved
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('443d7fa9daaf5a55b2407dc24a612a05', '8b234e7e9394810b3072d649badad922', 'r4', 'planning', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO planning_sessions (id, requirement_id, agent_session_id, status, blueprint, created_at, updated_at) VALUES ('54d1eb5a50be508b8cafeabd9c39e491', '443d7fa9daaf5a55b2407dc24a612a05', NULL, 'completed', '{"tasks":[]}', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('217347271d7c30a45dc5a13e6ffd1ad7', '8b234e7e9394810b3072d649badad922', 'r5', 'planning', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
-- fault: a newer one is active
INSERT INTO planning_sessions (id, requirement_id, agent_session_id, status, blueprint, created_at, updated_at) VALUES ('bd1b23b355704080628b556876546a9e', '217347271d7c30a45dc5a13e6ffd1ad7', NULL, 'active', '', '2026-02-28T08:00:00Z', '2026-02-28T08:00:00Z');
INSERT INTO planning_sessions (id, requirement_id, agent_session_id, status, blueprint, created_at, updated_at) VALUES ('c2b82801d8df392a5bd4d4b8ed8f5149', '217347271d7c30a45dc5a13e6ffd1ad7', NULL, 'active', '', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
-- fault: no planning session
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('f923197ee19dbbb6c17795bf5a222b22', '8b234e7e9394810b3072d649badad922', 'r6', 'planning', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
-- healthy: untouched
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('02e7ad575610bae4b4151c4ebbbff13c', '8b234e7e9394810b3072d649badad922', 'r7', 'queued', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('7c14fc800d5233fbda3e1be262eefa70', '8b234e7e9394810b3072d649badad922', 'r8', 'planning', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
-- healthy: made before its agent session
INSERT INTO planning_sessions (id, requirement_id, agent_session_id, status, blueprint, created_at, updated_at) VALUES ('d9e4f2ae5a320f2122d49d2d57a01698', '7c14fc800d5233fbda3e1be262eefa70', NULL, 'active', '', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('809b304cbe1e721ebd09e47bdffb3b6e', '8b234e7e9394810b3072d649badad922', 'r9', 'planning', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO planning_sessions (id, requirement_id, agent_session_id, status, blueprint, created_at, updated_at) VALUES ('4366e7148f0fa09b7e2bdd0acd23b993', '809b304cbe1e721ebd09e47bdffb3b6e', NULL, 'completed', '{"tasks":[]}', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
-- healthy: planned again
INSERT INTO planning_sessions (id, requirement_id, agent_session_id, status, blueprint, created_at, updated_at) VALUES ('89443c6f7e1e72635ddef04b5514d241', '809b304cbe1e721ebd09e47bdffb3b6e', NULL, 'active', '', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('46a60f4ce7c9219d3ade8621c07dfb20', '8b234e7e9394810b3072d649badad922', 'r10', 'planning', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
-- healthy: saved 2 s ago
INSERT INTO planning_sessions (id, requirement_id, agent_session_id, status, blueprint, created_at, updated_at) VALUES ('f1d11c13fec79a5b3afb1ffd96d26f84', '46a60f4ce7c9219d3ade8621c07dfb20', NULL, 'completed', '{"tasks":[]}', '2026-02-28T09:00:00Z', '2026-03-01T11:59:58Z');
-- healthy: moved to planning 2 s ago
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('a20f39780a74634ae2fd1a21f44d5f04', '8b234e7e9394810b3072d649badad922', 'r11', 'planning', '2026-02-26T09:00:00Z', '2026-03-01T11:59:58Z');
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('a1b9e19a0b18f408262c52394c1725a2', '8b234e7e9394810b3072d649badad922', 'r12', 'draft', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO requirements (id, project_id, title, status, created_at, updated_at) VALUES ('4cedd11edb2e7b155eeb3719560ee327', '8b234e7e9394810b3072d649badad922', 'r13', 'done', '2026-02-26T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO planning_sessions (id, requirement_id, agent_session_id, status, blueprint, created_at, updated_at) VALUES ('c0ba001ba5a8d2d97ecf892471b6644e', '4cedd11edb2e7b155eeb3719560ee327', NULL, 'completed', '{"tasks":[]}', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');

-- runs
-- fault: two runs of one project are active
INSERT INTO project_runs (id, project_id, status, current_stage, created_at, updated_at) VALUES ('0876603f4a318adab0a7b152e4f96e0c', '8b234e7e9394810b3072d649badad922', 'active', 'build', '2026-02-28T07:00:00Z', '2026-02-28T07:00:00Z');
INSERT INTO project_runs (id, project_id, status, current_stage, created_at, updated_at) VALUES ('e11c337c49f6df341978d4d9f3f1f735', '8b234e7e9394810b3072d649badad922', 'active', 'build', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO stage_runs (id, run_id, stage, status, started_at, updated_at) VALUES ('0969c6fdbb97aac716144151a821a1ec', '0876603f4a318adab0a7b152e4f96e0c', 'build', 'active', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO stage_runs (id, run_id, stage, status, started_at, updated_at) VALUES ('7a8d49d1ca17eaff9955f569966547b7', 'e11c337c49f6df341978d4d9f3f1f735', 'build', 'active', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO project_runs (id, project_id, status, current_stage, created_at, updated_at) VALUES ('6027da2cb8cbb62d232a49868b1af44c', '8b234e7e9394810b3072d649badad922', 'completed', 'build', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO projects (id, name, repo_path, status, created_at, updated_at) VALUES ('33cf0da8bf47a17d794b37ec7b85d129', 'api', '/usr', 'active', '2026-02-17T10:00:00Z', '2026-02-28T09:00:00Z');
-- fault: no record of its current stage
INSERT INTO project_runs (id, project_id, status, current_stage, created_at, updated_at) VALUES ('63c1ef6590512330c964a5cc1b9a8601', '33cf0da8bf47a17d794b37ec7b85d129', 'active', 'test', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
INSERT INTO stage_runs (id, run_id, stage, status, started_at, updated_at) VALUES ('0e0ff86c4aa5223f470dc411fd002304', '63c1ef6590512330c964a5cc1b9a8601', 'plan', 'completed', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');
-- healthy: ended
INSERT INTO project_runs (id, project_id, status, current_stage, created_at, updated_at) VALUES ('c803b697ba012dd2b5197505bdbb2ef0', '33cf0da8bf47a17d794b37ec7b85d129', 'failed', 'test', '2026-02-28T09:00:00Z', '2026-02-28T09:00:00Z');

-- commands
-- fault: its session was deleted
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('fd29df7bd44c86b5aa9d408b5643e9d6', '1537e66ad5969745d544325799e5eca3', 'send_text', '{"text":"go on"}', 'completed', '2026-02-28T09:00:00Z', '', '', '2026-02-28T09:00:00Z');
-- fault: the same; one finding, not two
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('91659d69828aced04fe9b3a7a7bba44a', '1537e66ad5969745d544325799e5eca3', 'send_text', '{"text":"go on"}', 'queued', '2026-02-28T09:00:00Z', '', '', '');
-- fault: queued a day ago
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('39c82eaa15ff35ca2130067653a5b223', '70ebaa6984478e38a50edbfaf4374bcb', 'send_text', '{"text":"go on"}', 'queued', '2026-02-28T09:00:00Z', '', '', '');
-- fault: sent a day ago, never finished
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('1921143656cb800160a2677d9f9e4fcc', '70ebaa6984478e38a50edbfaf4374bcb', 'send_text', '{"text":"go on"}', 'sent', '2026-02-28T09:00:00Z', '2026-02-28T09:00:01Z', '', '');
-- healthy: queued 3 s ago
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('a093b99104f018f1c37036ba21cd8b9c', '70ebaa6984478e38a50edbfaf4374bcb', 'send_text', '{"text":"go on"}', 'queued', '2026-03-01T11:59:57Z', '', '', '');
-- healthy: old, sent again 10 s ago
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('6b46ffece19ec64e13a8d9f0408147e5', '70ebaa6984478e38a50edbfaf4374bcb', 'send_text', '{"text":"go on"}', 'sent', '2026-02-28T09:00:00Z', '2026-03-01T11:59:50Z', '', '');
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('3195793b6b6a3a23b338f3dd9b3673ee', '70ebaa6984478e38a50edbfaf4374bcb', 'send_text', '{"text":"go on"}', 'completed', '2026-02-28T09:00:00Z', '', '', '2026-02-28T09:00:00Z');
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('0dfabeae1dc2fde00efb270731f493ee', '70ebaa6984478e38a50edbfaf4374bcb', 'send_text', '{"text":"go on"}', 'failed', '2026-02-28T09:00:00Z', '', '', '2026-02-28T09:00:00Z');
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('02b8441e4cbe0e9363ff39862b2057cc', '70ebaa6984478e38a50edbfaf4374bcb', 'send_text', '{"text":"go on"}', 'timeout', '2026-02-28T09:00:00Z', '', '', '2026-02-28T09:00:00Z');
