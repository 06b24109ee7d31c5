/*
{ "id": "workspace-activity-stale", "severity": "warning", "subject": "sam_activity",
  "title": "activity of a workspace is filed under the wrong session",
  "message": "workspace {id} reports its activity to session {session_id} ({session_status}, workspace {session_workspace_id})",
  "why": "idle time is measured by this row; a workspace whose session is gone, over or elsewhere is never idle, or always",
  "params": {"limit": "24h"} }
*/
SELECT a.source, a.scope, a.id, a.session_id, s.status AS session_status, s.workspace_id AS session_workspace_id, s.ended_at
FROM sam_activity a
LEFT JOIN session s ON s.scope = a.scope AND s.id = a.session_id
WHERE a.session_id IS NOT NULL
  AND a.created_at < :now - :grace
  AND (s.id IS NULL OR s.workspace_id <> a.id
       OR (s.state IN ('ended', 'failed') AND s.ended_at < :now - :limit))
