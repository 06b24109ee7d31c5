/*
{ "id": "history-under-wrong-date", "severity": "warning", "subject": "actionflows_history",
  "title": "history file lies under another date than it was saved on",
  "message": "{id} was saved {saved_at}",
  "why": "the history is listed and cleaned up by the date of its folder: this file is not found where it is looked for, and goes too early or too late",
  "requires": ["actionflows"] }
*/
SELECT h.source, h.scope, h.id, h.session_id, h.saved_at
FROM actionflows_history h
WHERE h.date_at IS NOT NULL
  -- The folder has the server's local date: a day more or less is usual.
  AND ABS(h.date_at - (h.saved_at - h.saved_at % 86400000)) > 86400000
