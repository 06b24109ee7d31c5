/*
{ "id": "header-only-transcript", "severity": "warning", "subject": "transcript",
  "title": "a session has run and its transcript holds nothing",
  "message": "{path} holds only its header, entry {key} has run",
  "why": "the messages were written elsewhere or never; the application shows the session as if nothing had been said" }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, MIN(e.key) AS key
FROM transcript t
JOIN session_ref r ON r.path = t.real_path AND r.role IN ('own', 'file')
JOIN entry e ON e.key = r.from_id AND e.scope = r.scope
WHERE t.state = 'header-only'
  AND e.has_run = 1
  AND t.modified_at < :now - :grace
  AND t.busy = 0
GROUP BY t.source, t.scope, t.path, t.name_id
