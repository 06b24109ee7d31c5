/*
{ "id": "snapshot-waking-stuck", "severity": "error", "subject": "sam_snapshot",
  "title": "session has been waking up for too long",
  "message": "snapshot {id} of session {session_id} is being woken since {claimed_at}",
  "why": "whatever claimed the wake-up died; while it is claimed nobody else may wake the session",
  "params": {"limit": "1h"} }
*/
SELECT n.source, n.scope, n.id, n.session_id, COALESCE(n.claimed_at, n.updated_at) AS claimed_at
FROM sam_snapshot n
WHERE n.recovery_status = 'waking'
  AND COALESCE(n.claimed_at, n.updated_at) < :now - :limit
