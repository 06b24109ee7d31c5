/*
{ "id": "task-session-link-mismatch", "severity": "error", "subject": "task",
  "title": "task names a session that is not its own",
  "message": "task {id} names session {session_id}, which does not exist or works on another task",
  "why": "the link was written before the session, or handed over half; the task's messages and its recovery go to the wrong conversation",
  "requires": ["sam-tasks-name-sessions"] }
*/
SELECT t.source, t.scope, t.id, t.status, t.session_id, s.task_id AS other_task_id
FROM task t
LEFT JOIN session s ON s.scope = t.scope AND s.id = t.session_id
WHERE t.session_id IS NOT NULL
  AND COALESCE(t.updated_at, t.created_at, 0) < :now - :grace
  AND (s.id IS NULL OR (s.task_id <> t.id AND s.task_id <> COALESCE(t.recovery_source_task_id, '')))
  AND EXISTS (SELECT 1 FROM store st WHERE st.scope = t.scope AND st.status = 'ok')
