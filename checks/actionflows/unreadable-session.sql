/*
{ "id": "unreadable-session", "severity": "error", "subject": "session",
  "title": "what is stored as a session cannot be read",
  "message": "session {id}: {defect}",
  "why": "the application answers that there is no such session, or fails on the whole list; the value was cut off, or something else wrote it",
  "requires": ["actionflows"],
  "supersedes": ["unknown-status", "bad-timestamp"] }
*/
SELECT s.source, s.scope, s.id, s.defect
FROM session s
WHERE s.defect IS NOT NULL
  AND substr(s.defect, 1, 8) <> 'bad time'
