SELECT id, status
FROM sessions
WHERE status NOT IN ('running', 'working', 'idle', 'human_takeover', 'waiting_review', 'suspended', 'completed', 'terminated', 'failed')
  AND created_at < ':cutoff';
