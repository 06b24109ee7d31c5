/*
{ "id": "history-without-start", "severity": "warning", "subject": "actionflows_history",
  "title": "history without the start of its session",
  "message": "of {event_count} [event|events] in {id} none says that session {session_id} started",
  "why": "the session was never announced: nothing in the history says when it began",
  "requires": ["actionflows"] }
*/
SELECT h.source, h.scope, h.id, h.session_id, h.status, h.event_count
FROM actionflows_history h
WHERE h.date_at IS NOT NULL
  AND h.document = 'ok'
  AND h.session_id IS NOT NULL
  AND h.start_events = 0
