/*
{ "id": "session-not-grouped", "severity": "error", "subject": "session",
  "title": "session counts as materialized and has no grouped messages",
  "message": "session {id} was materialized {materialized_at} and has no grouped messages",
  "why": "search reads the grouped messages; the session was marked before they were written, and is not tried again",
  "safety": "unset makes the application do it again",
  "repairs": [
    {"name": "unset", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"materialized_at": null}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.materialized_at
FROM session s
WHERE s.materialized_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM sam_grouped g WHERE g.scope = s.scope AND g.session_id = s.id)
  AND EXISTS (SELECT 1 FROM message m
              WHERE m.scope = s.scope AND m.session_id = s.id AND m.role <> 'system' AND COALESCE(m.origin, '') <> 'system')
