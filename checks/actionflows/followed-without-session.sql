/*
{ "id": "followed-without-session", "severity": "warning", "subject": "actionflows_leftover",
  "title": "session is followed and does not exist",
  "message": "session {id} is followed, and there is no such session",
  "why": "who follows a session is recorded for ever, and deleting the session does not unfollow it; the list of followed sessions shows one that cannot be opened",
  "safety": "unfollow takes the id out of the set",
  "requires": ["actionflows"],
  "repairs": [
    {"name": "unfollow", "applicability": "unsafe",
     "changes": [{"delete": "actionflows_leftover", "key": {"id": "{id}", "kind": "followed"}}]} ] }
*/
SELECT l.source, l.scope, l.id, l.session_id, l.last_at
FROM actionflows_leftover l
WHERE l.kind = 'followed'
