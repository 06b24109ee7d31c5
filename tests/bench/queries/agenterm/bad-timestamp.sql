SELECT id, created_at, last_activity_at
FROM sessions
WHERE strftime('%Y-%m-%dT%H:%M:%SZ', created_at) IS NOT created_at
   OR strftime('%Y-%m-%dT%H:%M:%SZ', last_activity_at) IS NOT last_activity_at;
