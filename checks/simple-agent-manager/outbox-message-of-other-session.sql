/*
{ "id": "outbox-message-of-other-session", "severity": "error", "subject": "sam_outbox",
  "title": "message in the outbox belongs to a session that is not the workspace's",
  "message": "message {id} waits in the outbox for session {session_id}; the workspace now belongs to {workspace_session_id}",
  "why": "the workspace was given to another session while messages of the first were undelivered; they are refused for ever",
  "params": {"limit": "5m"} }
*/
SELECT o.source, o.scope, o.id, o.session_id, w.id AS workspace_id, w.session_id AS workspace_session_id, o.created_at
FROM sam_outbox o
LEFT JOIN workspace w ON w.id = o.scope
WHERE o.created_at < :now - :limit
  AND w.session_id <> o.session_id
  AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = o.id)
  -- Messages of a project that cannot be read are not messages that do not exist.
  AND (w.id IS NULL OR EXISTS (SELECT 1 FROM store st WHERE st.scope = w.scope AND st.status = 'ok'))
