/*
{ "id": "event-of-other-session", "severity": "error", "subject": "session",
  "title": "among a session's events is one of another session",
  "message": "the events of session {id} hold one of session {other_session_id}",
  "why": "the list of the one shows what happened to the other, which lacks it; its status, its duration and its history are worked out from the wrong events",
  "requires": ["actionflows"] }
*/
SELECT s.source, s.scope, s.id, s.other_session_id
FROM session s
WHERE s.other_session_id IS NOT NULL
