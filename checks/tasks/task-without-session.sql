/*
{ "id": "task-without-session", "severity": "error", "subject": "task",
  "title": "task is being worked on without a session",
  "message": "task {id} is {status} and has no session",
  "why": "submitting a task makes its session first; without one nobody sees what the agent does, and its messages are lost",
  "requires": ["tasks-need-sessions"],
  "optional": ["hold"] }
*/
SELECT t.source, t.scope, t.id, t.status, t.workspace_id, t.created_at
FROM task t
WHERE t.state IN ('pending', 'active')
  AND t.session_id IS NULL
  AND COALESCE(t.updated_at, t.created_at, 0) < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.scope = t.scope AND s.task_id = t.id)
  -- Sessions that cannot be read are not sessions that do not exist.
  AND EXISTS (SELECT 1 FROM store st WHERE st.scope = t.scope AND st.status = 'ok')
  AND NOT EXISTS (SELECT 1 FROM hold h
                  WHERE h.scope = t.scope AND h.relation = 'task' AND h.id = t.id AND (h."until" IS NULL OR h."until" > :now))
