/*
{ "id": "session-expires-before-events", "severity": "note", "subject": "session",
  "title": "session that is not over is about to expire before its events",
  "message": "session {id} is {status} and expires {expires_at}, its events {events_expire_at}",
  "why": "the two are renewed independently of each other: the session is dropped although it still works, and what happens in it belongs to nothing from then on",
  "requires": ["sessions-expire"],
  "params": {"limit": "1h"} }
*/
SELECT s.source, s.scope, s.id, s.status, s.expires_at, s.events_expire_at, s.last_event_at
FROM session s
WHERE s.state IN ('active', 'waiting')
  AND s.expires_at < :now + :limit
  AND s.events_expire_at > s.expires_at + :limit
