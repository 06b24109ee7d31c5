/*
{ "id": "unannounced-session", "severity": "error", "subject": "session",
  "title": "session was never announced: no event says that it started",
  "message": "session {id} is {status}, was created {created_at}, and of its {event_count} [event|events] none says that it started",
  "why": "storing a session and recording that it started are two steps, and the second was never done; whoever follows the events never learns of the session, which waits in a list that nobody refreshes",
  "safety": "append-event adds the missing event with the time of the session's creation, at the end of what is recorded; nothing else changes",
  "requires": ["sessions-are-announced"],
  "params": {"kept": "36500d"},
  "repairs": [
    {"name": "append-event", "applicability": "safe",
     "changes": [{"insert": "event", "set": {"session_id": "{id}", "named_session_id": "{id}", "type": "session:started", "at": "{created_at}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.created_at, s.event_count
FROM session s
WHERE s.state IN ('pending', 'active')
  AND s.start_events = 0
  AND s.created_at < :now - :grace
  -- Events may be kept for a shorter time than the session: where none is left, one may have been there.
  AND (s.event_count > 0 OR s.created_at > :now - :kept)
