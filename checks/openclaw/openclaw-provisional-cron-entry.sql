/*
{ "id": "openclaw-provisional-cron-entry", "severity": "warning", "subject": "entry",
  "title": "a cron entry has a session id that was never used",
  "message": "entry {key} has session {session_id}, its run is in {path}",
  "why": "the entry was made with a provisional id before the run got its own; the conversation is there and the entry does not lead to it",
  "safety": "relink gives the entry the id and the file of the only run there is; nothing is removed",
  "supersedes": ["entry-without-transcript"],
  "repairs": [
    {"name": "relink", "applicability": "safe",
     "changes": [{"update": "entry", "key": {"key": "{key}", "document": "{document}"}, "set": {"session_id": "{run_session_id}", "path": "{path}"}}]} ] }
*/
SELECT e.source, e.scope, e.key, e.session_id, MIN(t.path) AS path, MIN(t.name_id) AS run_session_id, e.document
FROM entry e
JOIN transcript t ON t.claimed_key = e.key
WHERE e.kind = 'cron'
  AND e.path_state <> 'exists'
  AND e.own_state = 'missing'
  AND COALESCE(e.updated_at, 0) < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.path = t.real_path)
GROUP BY e.source, e.scope, e.key, e.session_id, e.document
HAVING COUNT(*) = 1
