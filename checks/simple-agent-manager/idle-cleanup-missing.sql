/*
{ "id": "idle-cleanup-missing", "severity": "error", "subject": "session",
  "title": "idle session is not scheduled for clean-up",
  "message": "session {id}: the agent was done {agent_completed_at}, and no clean-up is scheduled",
  "why": "scheduling the clean-up follows the agent's last word and failed; the workspace waits for an answer for ever",
  "optional": ["sam_cleanup"],
  "params": {"limit": "70m"} }
*/
SELECT s.source, s.scope, s.id, s.status, s.task_id, s.workspace_id, s.agent_completed_at, s.updated_at
FROM session s
JOIN task t ON t.scope = s.scope AND t.id = s.task_id
WHERE s.state = 'active'
  AND s.agent_completed_at < :now - :limit
  AND s.updated_at < :now - :limit
  AND t.status = 'in_progress'
  AND t.kind = 'task'
  AND NOT EXISTS (SELECT 1 FROM sam_cleanup c WHERE c.scope = s.scope AND c.id = s.id)
