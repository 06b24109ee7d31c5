/*
{ "id": "outbox-message-undelivered", "severity": "error", "subject": "sam_outbox",
  "title": "message is still in the outbox of its workspace",
  "message": "message {id} of session {session_id} waits in the outbox since {created_at}",
  "why": "the workspace's agent gave up delivering it, or died; the message is lost with the machine",
  "params": {"limit": "5m"} }
*/
SELECT o.source, o.scope, o.id, o.session_id, w.id AS workspace_id, w.session_id AS workspace_session_id, o.created_at
FROM sam_outbox o
LEFT JOIN workspace w ON w.id = o.scope
WHERE o.created_at < :now - :limit
  AND (w.session_id IS NULL OR w.session_id = o.session_id)
  AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = o.id)
  -- Messages of a project that cannot be read are not messages that do not exist.
  AND (w.id IS NULL OR EXISTS (SELECT 1 FROM store st WHERE st.scope = w.scope AND st.status = 'ok'))
