/*
{ "id": "empty-transcript", "severity": "error", "subject": "transcript",
  "title": "an empty transcript",
  "message": "{path} is empty",
  "why": "the file was made and nothing reached it, or a full disk or a crash emptied it; what it held is gone from here and the application continues without it",
  "safety": "quarantine moves a file that no entry leads to into the directory of the run; an empty file that an entry leads to stays (undoable)",
  "repairs": [
    {"name": "quarantine", "applicability": "unsafe",
     "changes": [{"delete": "transcript", "key": {"path": "{unused_path}"}}]} ] }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.size, t.modified_at,
       CASE WHEN NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.path = t.real_path) THEN t.path END AS unused_path
FROM transcript t
WHERE t.kind IN ('transcript', 'fork')
  AND t.state = 'empty'
  AND t.modified_at < :now - :grace
  AND t.busy = 0
