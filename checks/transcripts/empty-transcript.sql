/*
{ "id": "empty-transcript", "severity": "error", "subject": "transcript",
  "title": "an empty transcript",
  "message": "{path} is empty",
  "why": "the file was made and nothing reached it, or a full disk or a crash emptied it; what it held is gone from here and the application continues without it" }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.size, t.modified_at
FROM transcript t
WHERE t.kind IN ('transcript', 'fork')
  AND t.state = 'empty'
  AND t.modified_at < :now - :grace
  AND t.busy = 0
