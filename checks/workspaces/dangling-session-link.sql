/*
{ "id": "dangling-session-link", "severity": "error", "subject": "workspace",
  "title": "workspace names a session that does not exist",
  "message": "workspace {id} names session {session_id}, which does not exist",
  "why": "the session was never saved, or removed without the workspace; what the workspace reports goes nowhere",
  "safety": "unset-session clears a link that leads nowhere",
  "requires": ["workspaces-name-sessions"],
  "repairs": [
    {"name": "unset-session", "applicability": "safe",
     "changes": [{"update": "workspace", "key": {"id": "{id}"}, "set": {"session_id": null}}]} ] }
*/
SELECT w.source, w.scope, w.id, w.session_id, w.status
FROM workspace w
WHERE w.session_id IS NOT NULL
  AND w.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.scope = w.scope AND s.id = w.session_id)
  -- Sessions that cannot be read are not sessions that do not exist.
  AND EXISTS (SELECT 1 FROM store st WHERE st.scope = w.scope AND st.status = 'ok')
