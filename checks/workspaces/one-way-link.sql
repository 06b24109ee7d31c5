/*
{ "id": "one-way-link", "severity": "error", "subject": "workspace",
  "title": "workspace does not name the session that works in it",
  "message": "workspace {id} names no session; session {session_id} works in it",
  "why": "what the workspace reports, and its clean-up when idle, go by the session that it names; without it messages are lost and the workspace runs on",
  "safety": "link writes the session into the workspace, when only one session names it",
  "requires": ["workspaces-name-sessions"],
  "optional": ["hold"],
  "repairs": [
    {"name": "link", "applicability": "safe",
     "changes": [{"update": "workspace", "key": {"id": "{id}"}, "set": {"session_id": "{session_id}"}}]} ] }
*/
SELECT w.source, w.scope, w.id, w.status, s.id AS session_id
FROM session s
JOIN workspace w ON w.scope = s.scope AND w.id = s.workspace_id
WHERE w.session_id IS NULL
  AND s.created_at < :now - :grace
  AND w.created_at < :now - :grace
  -- Another workspace claims the session: see conflicting-links.
  AND NOT EXISTS (SELECT 1 FROM workspace o WHERE o.scope = s.scope AND o.session_id = s.id)
  AND NOT EXISTS (SELECT 1 FROM hold h
                  WHERE h.scope = s.scope AND h.relation = 'session' AND h.id = s.id AND h.reason = 'waking')
