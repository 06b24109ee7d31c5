/*
{ "id": "ended-session-without-history", "severity": "warning", "subject": "session",
  "title": "session has ended and was never saved to the history",
  "message": "session {id} is {status} since {ended_at}, and there is no history file of it",
  "why": "the history is saved when a session ends, and a failure to save it is only logged; when the live store drops the session a day later, nothing is left of it",
  "requires": ["actionflows"],
  "params": {"retention": "7d"} }
*/
SELECT s.source, s.scope, s.id, s.status, s.ended_at
FROM session s
WHERE s.state IN ('ended', 'failed')
  -- Sessions of the command line are never saved.
  AND COALESCE(s.kind, '') <> 'claude-cli'
  AND COALESCE(s.ended_at, s.last_event_at, s.created_at) < :now - :grace
  AND COALESCE(s.ended_at, s.last_event_at, s.created_at) > :now - :retention
  AND NOT EXISTS (SELECT 1 FROM actionflows_history h WHERE h.scope = s.scope AND h.name_id = s.id)
