/*
{ "id": "workspace-outlives-session", "severity": "error", "subject": "session",
  "title": "session has ended and its workspace still runs",
  "message": "session {id} ended {ended_at}, its workspace {workspace_id} is {workspace_status}",
  "why": "ending a session and stopping its workspace are two steps; the second failed, and the workspace costs money until somebody notices",
  "requires": ["sessions-need-live-workspaces"] }
*/
SELECT s.source, s.scope, s.id, s.status, COALESCE(s.ended_at, s.updated_at) AS ended_at, w.id AS workspace_id, w.status AS workspace_status
FROM session s
JOIN workspace w ON w.scope = s.scope AND w.id = s.workspace_id
WHERE s.state = 'ended'
  AND w.state = 'active'
  AND COALESCE(s.ended_at, s.updated_at) < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.scope = s.scope AND t.id = s.task_id AND t.state IN ('ended', 'failed', 'skipped'))
  -- Another session may be working there.
  AND NOT EXISTS (SELECT 1 FROM session o
                  WHERE o.scope = s.scope AND o.workspace_id = s.workspace_id AND o.state IN ('pending', 'active', 'waiting'))
