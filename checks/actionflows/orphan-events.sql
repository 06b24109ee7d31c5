/*
{ "id": "orphan-events", "severity": "warning", "subject": "actionflows_leftover",
  "title": "events of a session that does not exist",
  "message": "there are events of session {id}, the last of {last_at}, and no such session",
  "why": "the session was deleted, or expired before its events did, and its events were left behind; they are read and counted by nobody until they expire",
  "safety": "remove deletes the list of events, with all that is recorded of the session",
  "requires": ["actionflows"],
  "repairs": [
    {"name": "remove", "applicability": "unsafe",
     "changes": [{"delete": "actionflows_leftover", "key": {"id": "{id}", "kind": "events"}}]} ] }
*/
SELECT l.source, l.scope, l.id, l.session_id, l.last_at
FROM actionflows_leftover l
WHERE l.kind = 'events'
  -- Ids of this form are made by the dashboard; events under any other id belong to sessions that are stored nowhere.
  AND substr(l.session_id, 1, 8) = 'session-'
  AND ltrim(substr(l.session_id, 9, 13), '0123456789') = ''
  AND substr(l.session_id, 22, 1) = '-'
  AND length(l.session_id) > 22
  AND ltrim(substr(l.session_id, 23), '0123456789abcdefghijklmnopqrstuvwxyz') = ''
  AND COALESCE(l.last_at, 0) < :now - :grace
