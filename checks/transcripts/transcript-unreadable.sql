/*
{ "id": "transcript-unreadable", "severity": "warning", "subject": "transcript",
  "title": "a transcript could not be read",
  "message": "{path}: {detail}",
  "why": "a file that the user who audits may not read, or that breaks off with an error, can be neither checked nor backed up" }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.defect AS detail,
       CASE WHEN t.kind = 'outside' THEN 'note' ELSE 'warning' END AS severity
FROM transcript t
WHERE t.kind IN ('transcript', 'fork', 'outside')
  AND t.defect IS NOT NULL
  AND COALESCE(t.modified_at, 0) < :now - :grace
