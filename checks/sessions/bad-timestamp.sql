/*
{ "id": "bad-timestamp", "severity": "error", "subject": "session",
  "title": "session has a time that cannot be read",
  "message": "session {id}: {defect}",
  "why": "an application that parses times strictly fails on the row, and often with it the whole list that the row is part of" }
*/
SELECT s.source, s.scope, s.id, s.defect
FROM session s
WHERE substr(s.defect, 1, 8) = 'bad time'
