SELECT id, status FROM sessions WHERE status = 'human_takeover' AND human_attached = 0 AND created_at < ':cutoff';
