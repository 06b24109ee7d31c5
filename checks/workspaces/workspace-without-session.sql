/*
{ "id": "workspace-without-session", "severity": "error", "subject": "workspace",
  "title": "workspace is running for no session",
  "message": "workspace {id} is {status} since {created_at} and belongs to no session",
  "why": "what was starting it died before it was linked; it is found by no clean-up, runs for ever and costs money",
  "requires": ["workspaces-name-sessions"] }
*/
SELECT w.source, w.scope, w.id, w.status, w.created_at
FROM workspace w
WHERE w.state = 'active'
  AND w.session_id IS NULL
  AND w.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.scope = w.scope AND s.workspace_id = w.id)
  -- A task that names it is what is wrong, or explains it.
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.scope = w.scope AND t.workspace_id = w.id AND t.state IN ('pending', 'active'))
  AND NOT EXISTS (SELECT 1 FROM task tt JOIN session ts ON ts.scope = tt.scope AND ts.task_id = tt.id
                  WHERE tt.scope = w.scope AND tt.workspace_id = w.id)
  -- Sessions that cannot be read are not sessions that do not exist.
  AND EXISTS (SELECT 1 FROM store st WHERE st.scope = w.scope AND st.status = 'ok')
