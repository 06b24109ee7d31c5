/*
{ "id": "session-in-dead-workspace", "severity": "error", "subject": "session",
  "title": "active session works in a workspace that is gone",
  "message": "session {id} is {status}, its workspace {workspace_id} is {workspace_status}",
  "why": "the workspace was stopped or failed without its session; nothing answers in the session any more, and it counts as active",
  "safety": "mark-ended keeps the session and its messages",
  "requires": ["sessions-need-live-workspaces"],
  "optional": ["hold"],
  "repairs": [
    {"name": "mark-ended", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "ended", "ended_at": ":now"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, w.id AS workspace_id, w.status AS workspace_status, w.updated_at AS workspace_updated_at
FROM session s
JOIN workspace w ON w.scope = s.scope AND w.id = s.workspace_id
WHERE s.state = 'active'
  AND w.state IN ('ended', 'failed')
  AND w.updated_at < :now - :grace
  -- Where the task has ended as well, the session is only late: see stuck-session.
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.scope = s.scope AND t.id = s.task_id AND t.state IN ('ended', 'failed', 'skipped'))
  AND NOT EXISTS (SELECT 1 FROM hold h
                  WHERE h.scope = s.scope AND h.relation = 'session' AND h.id = s.id AND (h."until" IS NULL OR h."until" > :now))
