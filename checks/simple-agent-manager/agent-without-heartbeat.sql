/*
{ "id": "agent-without-heartbeat", "severity": "error", "subject": "sam_acp",
  "title": "agent counts as running and gives no sign of life",
  "message": "agent {id} of session {session_id} was last heard of {heartbeat_at}",
  "why": "its machine died or lost the connection, and what watches the heartbeats did not notice",
  "params": {"limit": "10m"} }
*/
SELECT p.source, p.scope, p.id, p.session_id, COALESCE(p.heartbeat_at, p.updated_at, p.created_at) AS heartbeat_at
FROM sam_acp p
WHERE p.status = 'running'
  AND COALESCE(p.heartbeat_at, p.updated_at, p.created_at) < :now - :limit
