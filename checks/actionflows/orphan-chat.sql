/*
{ "id": "orphan-chat", "severity": "warning", "subject": "actionflows_leftover",
  "title": "chat of a session that does not exist",
  "message": "there is a chat of session {id}, the last message of {last_at}, and no such session",
  "why": "the session expired or was deleted while its chat was written; what was said in it can no longer be reached",
  "safety": "remove deletes what was said in the session",
  "requires": ["actionflows"],
  "repairs": [
    {"name": "remove", "applicability": "unsafe",
     "changes": [{"delete": "actionflows_leftover", "key": {"id": "{id}", "kind": "chat"}}]} ] }
*/
SELECT l.source, l.scope, l.id, l.session_id, l.last_at
FROM actionflows_leftover l
WHERE l.kind = 'chat'
  -- Ids of this form are made by the dashboard; others may belong to sessions that are stored nowhere.
  AND substr(l.session_id, 1, 8) = 'session-'
  AND ltrim(substr(l.session_id, 9, 13), '0123456789') = ''
  AND substr(l.session_id, 22, 1) = '-'
  AND length(l.session_id) > 22
  AND ltrim(substr(l.session_id, 23), '0123456789abcdefghijklmnopqrstuvwxyz') = ''
  AND COALESCE(l.last_at, 0) < :now - :grace
