/*
{ "id": "openclaw-entry-status-mismatch", "severity": "warning", "subject": "openclaw_node",
  "title": "an entry and its row have different states",
  "message": "the row of key {id} says {status}, its entry says {entry_status}",
  "why": "row and entry are written together; where they differ, lists show the session in a state that it is not in" }
*/
SELECT n.source, n.scope, n.id, n.session_id, n.status, n.entry_status
FROM openclaw_node n
WHERE n.entry_status <> n.status
  AND n.entry_session_id = n.session_id
  AND n.updated_at < :now - :grace
