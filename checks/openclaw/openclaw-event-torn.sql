/*
{ "id": "openclaw-event-torn", "severity": "error", "subject": "openclaw_window",
  "title": "an event of a transcript cannot be read",
  "message": "session {id} has {events} [event that is|events that are] not JSON, the first is {seq}",
  "why": "a write was interrupted or the page that holds it is damaged; the application skips the event. The session itself is whole and must be kept" }
*/
SELECT e.source, e.scope, e.session_id AS id, MIN(e.seq) AS seq, COUNT(*) AS events
FROM openclaw_event e
WHERE e.ok = 0
GROUP BY e.source, e.scope, e.session_id
