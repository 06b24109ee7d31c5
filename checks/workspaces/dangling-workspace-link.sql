/*
{ "id": "dangling-workspace-link", "severity": "error", "subject": "session",
  "title": "active session names a workspace that does not exist",
  "message": "session {id} is {status} and names workspace {workspace_id}, which does not exist",
  "why": "the workspace was deleted without ending its session; the session is counted and listed as active for ever",
  "safety": "mark-ended keeps the session and its messages",
  "requires": ["sessions-need-live-workspaces"],
  "optional": ["hold"],
  "repairs": [
    {"name": "mark-ended", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "ended", "ended_at": ":now"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.workspace_id, s.updated_at
FROM session s
WHERE s.state = 'active'
  AND s.workspace_id IS NOT NULL
  AND s.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM workspace w WHERE w.scope = s.scope AND w.id = s.workspace_id)
  AND NOT EXISTS (SELECT 1 FROM hold h
                  WHERE h.scope = s.scope AND h.relation = 'session' AND h.id = s.id AND h.reason = 'waking')
