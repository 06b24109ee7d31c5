SELECT id, status, task_id, CAST(strftime('%s', created_at) AS INTEGER) * 1000 AS created_at
FROM sessions
WHERE status IN ('running', 'working', 'idle', 'human_takeover') AND tmux_window_id = '' AND created_at < ':cutoff';
