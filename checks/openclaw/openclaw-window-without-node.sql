/*
{ "id": "openclaw-window-without-node", "severity": "error", "subject": "openclaw_window",
  "title": "a session belongs to a key that does not exist",
  "message": "session {id} belongs to key {key}, which is not there",
  "why": "the row of the key was removed with the checks of the database off; the session and its transcript cannot be reached any more" }
*/
SELECT w.source, w.scope, w.id, w.key, w.created_at
FROM openclaw_window w
WHERE w.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM openclaw_node n WHERE n.scope = w.scope AND n.id = w.key)
