/*
{ "id": "crash-lost-session",
  "severity": "error",
  "subject": "session",
  "title": "session is lost and its task and entry still name it",
  "message": "session {id} of task {task_id} is lost",
  "why": "a check of the crash tests: its repair changes three stores",
  "safety": "removes the session, its messages, its entry and its transcript; can be undone",
  "repairs": [
    {"name": "drop", "applicability": "unsafe",
     "changes": [
       {"delete": "session", "key": {"id": "{id}"}},
       {"update": "task", "key": {"id": "{task_id}"}, "set": {"session_id": null, "status": "failed"}},
       {"insert": "event", "set": {"id": "{event_id}", "session_id": "{id}", "type": "dropped"}},
       {"delete": "entry", "key": {"key": "{key}", "document": "{document}"}},
       {"delete": "transcript", "key": {"path": "{path}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.task_id, 'dropped ' || s.id AS event_id, e.key, e.document, r.path
FROM session s
JOIN task t ON t.scope = s.scope AND t.id = s.task_id AND t.session_id = s.id
JOIN entry e ON e.scope = s.scope AND e.session_id = s.id
JOIN transcript r ON r.scope = s.scope AND r.name_id = s.id
WHERE s.status = 'lost'
