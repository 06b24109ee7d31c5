/*
{ "id": "openclaw-provisional-cron-entry", "severity": "warning", "subject": "entry",
  "title": "a cron entry has a session id that was never used",
  "message": "entry {key} has session {session_id}, its last run is in {path}",
  "why": "the entry was made with a provisional id before the run got its own; the conversation is there and the entry does not lead to it",
  "safety": "relink gives the entry the id and the file of the only run there is, relink-last those of the last one of several, where one of them is the last; nothing is removed",
  "supersedes": ["entry-without-transcript"],
  "repairs": [
    {"name": "relink", "applicability": "safe",
     "changes": [{"update": "entry", "key": {"key": "{key}", "document": "{document}"}, "set": {"session_id": "{run_session_id}", "path": "{path}"}}]},
    {"name": "relink-last", "applicability": "unsafe",
     "changes": [{"update": "entry", "key": {"key": "{key}", "document": "{document_of_many}"}, "set": {"session_id": "{run_session_id}", "path": "{path}"}}]} ] }
*/
SELECT e.source, e.scope, e.key, e.session_id, t.path, t.name_id AS run_session_id,
       CASE WHEN c.runs = 1 THEN e.document END AS document,
       CASE WHEN c.runs > 1 AND NOT EXISTS (
                   SELECT 1 FROM transcript s
                   WHERE s.claimed_key = t.claimed_key AND s.path <> t.path AND COALESCE(s.last_at, 0) = COALESCE(t.last_at, 0)
                     AND NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.path = s.real_path)) THEN e.document END AS document_of_many
FROM entry e
JOIN transcript t ON t.claimed_key = e.key
JOIN (SELECT a.claimed_key, COUNT(*) AS runs
      FROM transcript a
      WHERE NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.path = a.real_path)
      GROUP BY a.claimed_key) c ON c.claimed_key = t.claimed_key
WHERE e.kind = 'cron'
  AND e.path_state <> 'exists'
  AND e.own_state = 'missing'
  AND COALESCE(e.updated_at, 0) < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.path = t.real_path)
  AND NOT EXISTS (
    SELECT 1 FROM transcript o
    WHERE o.claimed_key = t.claimed_key
      AND (COALESCE(o.last_at, 0) > COALESCE(t.last_at, 0) OR (COALESCE(o.last_at, 0) = COALESCE(t.last_at, 0) AND o.path > t.path))
      AND NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.path = o.real_path))
