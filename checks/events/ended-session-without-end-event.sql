/*
{ "id": "ended-session-without-end-event", "severity": "note", "subject": "session",
  "title": "session has ended, and no event says so",
  "message": "session {id} is {status} since {ended_at}, and of its {event_count} [event|events] none says that it ended",
  "why": "the session and its events are written one after the other; the second write was lost, so whoever follows the events still takes the session for a running one",
  "requires": ["ends-are-announced"],
  "params": {"kind": ""} }
*/
SELECT s.source, s.scope, s.id, s.status, s.ended_at, s.event_count
FROM session s
WHERE s.state IN ('ended', 'failed')
  AND s.end_events = 0
  AND s.event_count > 0
  AND s.ended_at < :now - :grace
  AND (:kind = '' OR s.kind = :kind)
