SELECT id, status, tmux_session_name, tmux_window_id
FROM sessions
WHERE status NOT IN ('completed', 'terminated', 'failed') AND tmux_window_id <> '' AND created_at < ':cutoff'
  AND (tmux_session_name = id) <> (tmux_window_id = id);
