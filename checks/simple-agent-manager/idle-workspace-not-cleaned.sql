/*
{ "id": "idle-workspace-not-cleaned", "severity": "error", "subject": "session",
  "title": "idle workspace was due to be cleaned up and was not",
  "message": "the clean-up of session {id} and workspace {workspace_id} was due {cleanup_at}",
  "why": "the alarm that cleans up was lost or keeps failing; the workspace runs on and costs money",
  "params": {"limit": "1h"} }
*/
SELECT s.source, s.scope, s.id, s.status, c.workspace_id, c.cleanup_at
FROM sam_cleanup c
JOIN session s ON s.scope = c.scope AND s.id = c.id
WHERE c.terminal_state IS NULL
  AND c.cleanup_at < :now - :limit
  AND s.state NOT IN ('ended', 'failed')
