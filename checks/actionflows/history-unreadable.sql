/*
{ "id": "history-unreadable", "severity": "error", "subject": "actionflows_history",
  "title": "history file cannot be read",
  "message": "{id}: {reason}",
  "why": "history files are written in place; one that was cut off by a crash is lost, and the list of the day it is in may fail with it",
  "requires": ["actionflows"] }
*/
SELECT h.source, h.scope, h.id, h.modified_at,
       CASE WHEN h.document = 'ok' THEN 'holds no session' ELSE h.defect END AS reason
FROM actionflows_history h
WHERE h.date_at IS NOT NULL
  AND (h.document <> 'ok' OR h.session_id IS NULL)
