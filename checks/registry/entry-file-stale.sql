/*
{ "id": "entry-file-stale", "severity": "warning", "subject": "entry",
  "title": "an entry still names the file of its previous session",
  "message": "entry {key} has session {session_id} and names {path}; the session's own transcript is {own_path}",
  "why": "the session id of the key was changed and the file name was not; the application then reads and extends the old conversation, and the new one seems empty",
  "safety": "relink names the transcript that the session id itself gives; the other file stays where it is",
  "requires": ["transcripts-need-entries"],
  "repairs": [
    {"name": "relink", "applicability": "safe",
     "changes": [{"update": "entry", "key": {"key": "{key}", "document": "{document}"}, "set": {"path": "{own_path}"}}]} ] }
*/
SELECT e.source, e.scope, e.key, e.session_id, e.path, e.own_path, e.document
FROM entry e
WHERE (e.path_state = 'exists' OR (e.path_state = 'missing' AND e.old_root IS NULL))
  AND e.own_state = 'exists'
  AND e.own_path <> e.path
  AND e.kind <> 'run'
  AND e.named_session_id <> e.session_id
  AND COALESCE(e.updated_at, 0) < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM transcript t WHERE t.real_path = e.real_path AND t.header_id = e.session_id)
