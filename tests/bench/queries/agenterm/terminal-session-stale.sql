SELECT id, status, CAST(strftime('%s', last_activity_at) AS INTEGER) * 1000 AS last_activity_at
FROM sessions
WHERE (tmux_session_name = id OR tmux_window_id = id) AND status IN ('running', 'working', 'idle', 'human_takeover')
  AND last_activity_at < ':cutoff' AND created_at < ':cutoff'
  AND (SELECT max(last_activity_at) FROM sessions WHERE tmux_session_name = id OR tmux_window_id = id) >= ':cutoff';
