/*
{ "id": "open-session-with-end-event", "severity": "error", "subject": "session",
  "title": "session goes on although an event says that it ended",
  "message": "session {id} is {status}, and an event of {last_end_at} says that it ended",
  "why": "its process ended, and storing that failed or was overwritten by an older copy; the session is shown as running for ever",
  "safety": "mark-ended writes the status and the time that the event tells; nothing is removed",
  "requires": ["actionflows"],
  "repairs": [
    {"name": "mark-ended", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"status": "{end_status}", "ended_at": "{last_end_at}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.last_end_at,
       CASE WHEN substr(s.end_reason, 1, 7) = 'signal:' THEN 'failed'
            WHEN substr(s.end_reason, 1, 5) = 'exit:' AND s.end_reason <> 'exit:0' THEN 'failed'
            ELSE 'completed' END AS end_status
FROM session s
WHERE s.state = 'active'
  AND s.end_events > 0
  AND COALESCE(s.last_end_at, s.created_at, 0) < :now - :grace
  -- A session that was resumed has started again since.
  AND (s.last_start_at IS NULL OR s.last_end_at IS NULL OR s.last_start_at <= s.last_end_at)
