/*
{ "id": "sleeping-without-snapshot", "severity": "error", "subject": "session",
  "title": "session sleeps without a snapshot to wake from",
  "message": "session {id} is {status} and has no snapshot",
  "why": "the workspace was let go before its snapshot was recorded; the session can never be woken" }
*/
SELECT s.source, s.scope, s.id, s.status, s.workspace_id, s.updated_at
FROM session s
WHERE s.state = 'suspended'
  AND s.updated_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM sam_snapshot n WHERE n.scope = s.scope AND n.session_id = s.id)
