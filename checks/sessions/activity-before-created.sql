/*
{ "id": "activity-before-created", "severity": "warning", "subject": "session",
  "title": "session was active before it was created",
  "message": "session {id} was last active {active_at} but created {created_at}",
  "why": "the activity time was written from another row or clock; what sorts or expires sessions by it treats this one wrongly",
  "safety": "set-to-created moves the activity time to the creation time, the earliest that is possible",
  "repairs": [
    {"name": "set-to-created", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"active_at": "{created_at}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.active_at, s.created_at
FROM session s
WHERE s.active_at < s.created_at
  AND s.created_at < :now - :grace
