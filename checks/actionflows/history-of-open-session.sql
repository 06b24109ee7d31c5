/*
{ "id": "history-of-open-session", "severity": "warning", "subject": "actionflows_history",
  "title": "history of a session that had not ended",
  "message": "{id} was saved {saved_at} of a session that was {status}",
  "why": "only what has ended is saved; such a file ends before its session does, and hides that it was never saved at its end",
  "requires": ["actionflows"] }
*/
SELECT h.source, h.scope, h.id, h.session_id, h.status, h.saved_at
FROM actionflows_history h
WHERE h.date_at IS NOT NULL
  AND h.state IN ('pending', 'active')
