/*
{ "id": "conflicting-links", "severity": "error", "subject": "session",
  "title": "session and workspace name different partners",
  "message": "session {id} names workspace {workspace_id}; workspace {other_workspace_id} names the session",
  "why": "a link was moved in one store and not in the other; messages arrive from one workspace while the other is the one that is shown, stopped and cleaned up",
  "requires": ["workspaces-name-sessions"],
  "optional": ["hold"] }
*/
SELECT s.source, s.scope, s.id, b.id AS workspace_id, a.id AS other_workspace_id
FROM session s
JOIN workspace a ON a.scope = s.scope AND a.session_id = s.id
JOIN workspace b ON b.scope = s.scope AND b.id = s.workspace_id
WHERE a.id <> b.id
  AND (b.session_id IS NULL OR b.session_id <> s.id)
  AND s.created_at < :now - :grace
  AND a.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM hold h
                  WHERE h.scope = s.scope AND h.relation = 'session' AND h.id = s.id AND h.reason = 'waking')
