/*
{ "id": "unknown-status", "severity": "warning", "subject": "session",
  "title": "session has a status that the application does not know",
  "message": "session {id} has the status '{status}', which is not in the vocabulary",
  "why": "what is not known is usually taken for active, so such a session is listed, counted and resumed for ever" }
*/
SELECT s.source, s.scope, s.id, s.status
FROM session s
WHERE s.state = 'unknown'
  AND COALESCE(s.created_at, 0) < :now - :grace
