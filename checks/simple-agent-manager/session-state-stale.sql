/*
{ "id": "session-state-stale", "severity": "warning", "subject": "sam_state",
  "title": "session counts as busy and has not moved",
  "message": "session {id} is {activity} since {activity_at}",
  "why": "the end of the prompt was not recorded; a session that counts as busy is neither put to sleep nor given the next message",
  "params": {"limit": "1h"} }
*/
SELECT a.source, a.scope, a.id, a.activity, a.activity_at
FROM sam_state a
WHERE a.activity IN ('prompting', 'recovering')
  AND a.activity_at < :now - :limit
  AND COALESCE(a.progress_at, 0) < :now - :limit
