/*
{ "id": "history-of-other-session", "severity": "error", "subject": "actionflows_history",
  "title": "history file has the name of another session",
  "message": "{id} holds session {session_id}",
  "why": "whoever asks for the one gets the other",
  "requires": ["actionflows"] }
*/
SELECT h.source, h.scope, h.id, h.session_id
FROM actionflows_history h
WHERE h.date_at IS NOT NULL
  AND h.session_id <> h.name_id
