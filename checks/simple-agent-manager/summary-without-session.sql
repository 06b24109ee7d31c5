/*
{ "id": "summary-without-session", "severity": "error", "subject": "sam_summary",
  "title": "index of sessions names a session that does not exist",
  "message": "the index holds session {id}, which its project does not have",
  "why": "the session was removed without its entry; the list shows a conversation that cannot be opened",
  "safety": "delete removes the entry (undoable)",
  "repairs": [
    {"name": "delete", "applicability": "unsafe",
     "changes": [{"delete": "sam_summary", "key": {"id": "{id}"}}]} ] }
*/
SELECT m.source, m.scope, m.id, m.status, m.updated_at
FROM sam_summary m
JOIN sam_coverage c ON c.scope = m.scope
WHERE c.complete = 1
  AND m.updated_at < c.synced_at
  AND m.updated_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.scope = m.scope AND s.id = m.id)
  -- Sessions that cannot be read are not sessions that do not exist.
  AND EXISTS (SELECT 1 FROM store st WHERE st.scope = m.scope AND st.status = 'ok')
