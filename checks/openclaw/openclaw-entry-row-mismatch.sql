/*
{ "id": "openclaw-entry-row-mismatch", "severity": "warning", "subject": "openclaw_node",
  "title": "an entry does not match its row",
  "message": "the row of key {id} says session {session_id}, its entry says {entry_session_id}",
  "why": "row and entry are written together; where they differ, what is listed and what is opened are two different sessions" }
*/
SELECT n.source, n.scope, n.id, n.session_id, COALESCE(n.entry_session_id, 'nothing that can be read') AS entry_session_id
FROM openclaw_node n
WHERE (n.entry_ok = 0 OR n.entry_session_id <> n.session_id)
  AND n.updated_at < :now - :grace
