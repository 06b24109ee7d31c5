SELECT id, CAST(strftime('%s', last_activity_at) AS INTEGER) * 1000 AS last_activity_at, CAST(strftime('%s', created_at) AS INTEGER) * 1000 AS created_at
FROM sessions
WHERE last_activity_at < created_at AND created_at < ':cutoff' AND created_at GLOB '*T*Z';
