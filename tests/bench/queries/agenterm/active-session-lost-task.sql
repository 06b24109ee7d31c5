SELECT id, status, CAST(strftime('%s', created_at) AS INTEGER) * 1000 AS created_at
FROM sessions
WHERE task_id IS NULL AND status IN ('running', 'working', 'idle', 'human_takeover', 'waiting_review') AND created_at < ':cutoff';
