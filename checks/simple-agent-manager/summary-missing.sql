/*
{ "id": "summary-missing", "severity": "error", "subject": "session",
  "title": "session is missing in the index of sessions",
  "message": "session {id} is not in the control database's index, which was complete {synced_at}",
  "why": "lists read the index and not the projects; the session cannot be found" }
*/
SELECT s.source, s.scope, s.id, s.status, s.updated_at, c.synced_at
FROM sam_coverage c
JOIN session s ON s.scope = c.scope
WHERE c.complete = 1
  AND s.created_at < c.synced_at
  AND s.updated_at < c.synced_at
  AND s.updated_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM sam_summary m WHERE m.scope = s.scope AND m.id = s.id)
