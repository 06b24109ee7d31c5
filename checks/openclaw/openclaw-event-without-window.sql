/*
{ "id": "openclaw-event-without-window", "severity": "error", "subject": "openclaw_window",
  "title": "a transcript that belongs to no session",
  "message": "session {id} has {events} [event|events] and is not recorded",
  "why": "the session's row was lost while its events stayed; nothing leads to them any more",
  "supersedes": ["openclaw-part-without-event"] }
*/
SELECT e.source, e.scope, e.session_id AS id, COUNT(*) AS events
FROM openclaw_event e
WHERE NOT EXISTS (SELECT 1 FROM openclaw_window w WHERE w.scope = e.scope AND w.id = e.session_id)
GROUP BY e.source, e.scope, e.session_id
