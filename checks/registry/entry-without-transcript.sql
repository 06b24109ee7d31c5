/*
{ "id": "entry-without-transcript", "severity": "error", "subject": "entry",
  "title": "an entry's transcript is gone",
  "message": "entry {key} has run, and the transcript of session {session_id} is nowhere",
  "why": "the file was removed or renamed while the registry kept the entry; the conversation cannot be continued and the application starts an empty one under the same key. Entries that never ran, and those that a command-line backend serves, have no transcript and are not meant",
  "safety": "removing the entry loses its settings and its key; nothing else (undoable)",
  "requires": ["transcripts-need-entries"],
  "repairs": [
    {"name": "remove-entry", "applicability": "unsafe",
     "changes": [{"delete": "entry", "key": {"key": "{key}", "document": "{document}"}}]} ] }
*/
SELECT e.source, e.scope, e.key, e.session_id, e.path, e.own_path, e.document, e.updated_at
FROM entry e
WHERE e.has_run = 1
  AND e.file_expected = 1
  AND e.session_id IS NOT NULL
  AND e.path_state IN ('missing', 'none')
  AND e.own_state = 'missing'
  AND COALESCE(e.updated_at, 0) < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM transcript t WHERE t.name_id = e.session_id AND t.kind IN ('transcript', 'fork'))
  AND (e.old_root IS NULL
       OR EXISTS (SELECT 1 FROM entry o WHERE o.old_root = e.old_root AND o.path_state = 'exists'))
