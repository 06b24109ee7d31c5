/*
{ "id": "event-outside-session", "severity": "note", "subject": "session",
  "title": "session has events from before its start or after its end",
  "message": "session {id} goes from {created_at} to {ended_at}, its events from {first_event_at} to {last_event_at}",
  "why": "events were stored under the wrong session, a clock is wrong, or something works on in a session that has ended; its history and its duration are then not what happened",
  "requires": ["events-lie-within-sessions"],
  "params": {"limit": "10m"} }
*/
SELECT s.source, s.scope, s.id, s.status, s.created_at, s.ended_at, s.first_event_at, s.last_event_at
FROM session s
WHERE s.first_event_at < s.created_at - :limit
   OR (s.state IN ('ended', 'failed')
       AND s.last_event_at > s.ended_at + :limit
       AND COALESCE(s.last_start_at, s.created_at, 0) <= s.ended_at)
