/*
{ "id": "session-without-workspace", "severity": "error", "subject": "session",
  "title": "session does not name the workspace that was made for it",
  "message": "session {id} names no workspace; workspace {workspace_id} names it",
  "why": "linking is two writes in two stores and the second failed; the session looks as if it never got a workspace, and is not stopped with it",
  "safety": "link writes the workspace into the session, when only one workspace names it",
  "requires": ["workspaces-name-sessions"],
  "optional": ["hold"],
  "repairs": [
    {"name": "link", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"workspace_id": "{workspace_id}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, w.id AS workspace_id, w.status AS workspace_status
FROM workspace w
JOIN session s ON s.scope = w.scope AND s.id = w.session_id
WHERE s.workspace_id IS NULL
  AND s.created_at < :now - :grace
  AND w.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM hold h
                  WHERE h.scope = s.scope AND h.relation = 'session' AND h.id = s.id AND h.reason = 'waking')
