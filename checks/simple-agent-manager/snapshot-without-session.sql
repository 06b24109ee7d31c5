/*
{ "id": "snapshot-without-session", "severity": "error", "subject": "sam_snapshot",
  "title": "snapshot belongs to a session that does not exist",
  "message": "snapshot {id} is of session {session_id}, which does not exist",
  "why": "the session was removed without its snapshot; the files are kept and paid for, and nobody can use them" }
*/
SELECT n.source, n.scope, n.id, n.session_id, n.status, n.created_at
FROM sam_snapshot n
WHERE n.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.scope = n.scope AND s.id = n.session_id)
  -- Sessions that cannot be read are not sessions that do not exist.
  AND EXISTS (SELECT 1 FROM store st WHERE st.scope = n.scope AND st.status = 'ok')
