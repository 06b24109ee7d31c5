/*
{ "id": "archived-project-active-session", "severity": "warning", "subject": "session",
  "title": "session is active although its project is archived",
  "message": "session {id} is {status} for task {task_id} of archived project {project_id}",
  "why": "deleting a project only archives it and stops nothing; its sessions are resumed at every start and cost money unseen",
  "safety": "mark-ended keeps the row, but the agent behind it may still be working; look before you end it",
  "requires": ["agenterm-archives-projects"],
  "repairs": [
    {"name": "mark-ended", "applicability": "unsafe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "ended"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.task_id, p.id AS project_id
FROM agenterm_project p
JOIN task t ON t.scope = p.scope AND t.project_id = p.id
JOIN session s ON s.scope = t.scope AND s.task_id = t.id
WHERE p.status = 'archived'
  AND s.state = 'active'
  AND s.created_at < :now - :grace
  AND COALESCE(p.updated_at, 0) < :now - :grace
