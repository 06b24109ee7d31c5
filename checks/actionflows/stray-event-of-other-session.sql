/*
{ "id": "stray-event-of-other-session", "severity": "error", "subject": "actionflows_leftover",
  "title": "among the events of a session id that is not stored is one of another session",
  "message": "the events of session {id} hold one of session {other_session_id}",
  "why": "the list of the one shows what happened to the other, which lacks it; its status, its duration and its history are worked out from the wrong events",
  "requires": ["actionflows"] }
*/
SELECT l.source, l.scope, l.id, l.other_session_id
FROM actionflows_leftover l
WHERE l.kind = 'events'
  AND l.other_session_id IS NOT NULL
