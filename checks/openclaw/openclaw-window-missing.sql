/*
{ "id": "openclaw-window-missing", "severity": "error", "subject": "openclaw_node",
  "title": "a key's current session is not recorded",
  "message": "key {id} points to session {session_id}, which does not exist",
  "why": "the key was moved on to a session whose row was never written or was removed; the next message fails or starts from nothing" }
*/
SELECT n.source, n.scope, n.id, n.session_id, n.updated_at
FROM openclaw_node n
WHERE n.updated_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM openclaw_window w WHERE w.scope = n.scope AND w.id = n.session_id)
