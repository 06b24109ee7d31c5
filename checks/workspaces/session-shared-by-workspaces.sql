/*
{ "id": "session-shared-by-workspaces", "severity": "error", "subject": "session",
  "title": "several workspaces name one session",
  "message": "session {id} is named by {workspaces} workspaces, from {workspace_id} to {other_workspace_id}",
  "why": "two workspaces write their messages into one conversation, and stopping the session stops only one of them",
  "requires": ["workspaces-name-sessions"] }
*/
SELECT s.source, s.scope, s.id, COUNT(*) AS workspaces, MIN(w.id) AS workspace_id, MAX(w.id) AS other_workspace_id
FROM session s
JOIN workspace w ON w.scope = s.scope AND w.session_id = s.id
GROUP BY s.source, s.scope, s.id
HAVING COUNT(*) > 1 AND MAX(w.created_at) < :now - :grace
