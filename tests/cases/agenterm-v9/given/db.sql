-- Every fault and trap of schema 9
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
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('b9c17e3f3be879039d983612e9161535', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@5', 'claude-code', 'coder', 'failed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: ended, its window is closed
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('39aac5db95933668b3e3d548a2df04f7', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '@91', 'claude-code', 'coder', 'failed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: already ended
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('dd2d4ab851f5d49164be879e024c3534', '50947ded986c703d56c68661f0b8dc22', 'agenterm', '', 'claude-code', 'coder', 'failed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
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

-- what a row says about itself
-- fault: active, its task was deleted
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('9ffd3ede862077822339d468c1b30659', NULL, 'webapp-lost-coder', '@27', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- healthy: history of a deleted task
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('ca22cd71df4b10532b1e8b6176b68168', NULL, 'webapp-ended-lost-coder', '@80', 'claude-code', 'coder', 'failed', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: names a task that does not exist
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('c606ed0258e5535ee91ff2a61beee0a1', '7804987f879b1aceb560695990a83892', 'webapp-badtask-coder', '@28', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: not RFC 3339
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('3e91c92534222cc56e140d3787de4f3a', '50947ded986c703d56c68661f0b8dc22', 'webapp-badtime-coder', '@29', 'claude-code', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28 10:30:00');
-- fault: no such day
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('a7190d1c56c40374caa517b3fa35bc05', '50947ded986c703d56c68661f0b8dc22', 'webapp-baddate-coder', '@80', 'claude-code', 'coder', 'failed', 0, '2026-02-30T09:00:00Z', '2026-02-28T10:30:00Z');
-- fault: active before it was created
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('b9c1de7505a8e9d5934c88566b48b168', '50947ded986c703d56c68661f0b8dc22', 'webapp-backwards-coder', '@80', 'claude-code', 'coder', 'failed', 0, '2026-02-28T09:00:00Z', '2026-02-27T09:00:00Z');
-- fault: not in the vocabulary
INSERT INTO sessions (id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at) VALUES ('776b87940e465ca60924688d402d29d7', '50947ded986c703d56c68661f0b8dc22', 'webapp-zombie-coder', '@80', 'claude-code', 'coder', 'zombie', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:30:00Z');

-- commands
-- fault: its session was deleted
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('fd29df7bd44c86b5aa9d408b5643e9d6', '1537e66ad5969745d544325799e5eca3', 'send_text', '{"text":"go on"}', 'completed', '2026-02-28T09:00:00Z', '', '', '2026-02-28T09:00:00Z');
-- fault: the same; one finding, not two
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('91659d69828aced04fe9b3a7a7bba44a', '1537e66ad5969745d544325799e5eca3', 'send_text', '{"text":"go on"}', 'queued', '2026-02-28T09:00:00Z', '', '', '');
-- fault: queued a day ago
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('39c82eaa15ff35ca2130067653a5b223', '98e38af93a7d4fa577ace9acd779f2c2', 'send_text', '{"text":"go on"}', 'queued', '2026-02-28T09:00:00Z', '', '', '');
-- fault: sent a day ago, never finished
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('1921143656cb800160a2677d9f9e4fcc', '98e38af93a7d4fa577ace9acd779f2c2', 'send_text', '{"text":"go on"}', 'sent', '2026-02-28T09:00:00Z', '2026-02-28T09:00:01Z', '', '');
-- healthy: queued 3 s ago
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('a093b99104f018f1c37036ba21cd8b9c', '98e38af93a7d4fa577ace9acd779f2c2', 'send_text', '{"text":"go on"}', 'queued', '2026-03-01T11:59:57Z', '', '', '');
-- healthy: old, sent again 10 s ago
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('6b46ffece19ec64e13a8d9f0408147e5', '98e38af93a7d4fa577ace9acd779f2c2', 'send_text', '{"text":"go on"}', 'sent', '2026-02-28T09:00:00Z', '2026-03-01T11:59:50Z', '', '');
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('3195793b6b6a3a23b338f3dd9b3673ee', '98e38af93a7d4fa577ace9acd779f2c2', 'send_text', '{"text":"go on"}', 'completed', '2026-02-28T09:00:00Z', '', '', '2026-02-28T09:00:00Z');
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('0dfabeae1dc2fde00efb270731f493ee', '98e38af93a7d4fa577ace9acd779f2c2', 'send_text', '{"text":"go on"}', 'failed', '2026-02-28T09:00:00Z', '', '', '2026-02-28T09:00:00Z');
INSERT INTO session_commands (id, session_id, op, payload_json, status, created_at, sent_at, acked_at, completed_at) VALUES ('02b8441e4cbe0e9363ff39862b2057cc', '98e38af93a7d4fa577ace9acd779f2c2', 'send_text', '{"text":"go on"}', 'timeout', '2026-02-28T09:00:00Z', '', '', '2026-02-28T09:00:00Z');
