/*
{ "id": "ended-session-without-end", "severity": "warning", "subject": "session",
  "title": "session has ended at no time",
  "message": "session {id} is {status} and has no time of its end",
  "why": "status and time of the end are written together; whatever sorts, counts or cleans up ended sessions by their end passes over this one",
  "safety": "set-end writes the best time that is known: the event of its end, the last thing that happened to it, or now",
  "requires": ["actionflows"],
  "repairs": [
    {"name": "set-end", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"ended_at": "{likely_end_at}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.created_at,
       COALESCE(s.last_end_at, s.last_event_at, s.active_at, s.created_at, :now) AS likely_end_at
FROM session s
WHERE s.state IN ('ended', 'failed')
  AND s.ended_at IS NULL
  AND COALESCE(s.created_at, 0) < :now - :grace
