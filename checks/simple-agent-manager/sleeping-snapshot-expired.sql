/*
{ "id": "sleeping-snapshot-expired", "severity": "error", "subject": "session",
  "title": "session sleeps and its snapshot has expired",
  "message": "session {id} is {status}; its snapshot {snapshot_id} expired {expires_at}",
  "why": "an expired snapshot is purged and its session ended; that did not happen, and waking the session will fail",
  "params": {"limit": "24h"} }
*/
SELECT s.source, s.scope, s.id, s.status, n.id AS snapshot_id, n.expires_at
FROM session s
JOIN sam_snapshot n ON n.scope = s.scope AND n.session_id = s.id
WHERE s.state = 'suspended'
  AND n.expires_at < :now - :limit
