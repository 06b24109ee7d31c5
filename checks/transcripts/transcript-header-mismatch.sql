/*
{ "id": "transcript-header-mismatch", "severity": "warning", "subject": "transcript",
  "title": "a transcript has the header of another session",
  "message": "{path} begins with session {header_id}",
  "why": "the file was renamed, restored over another one, or two sessions were mixed; the application finds it by its name and continues what the header says is another conversation" }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.header_id
FROM transcript t
WHERE t.kind IN ('transcript', 'fork')
  AND t.header = 'ok'
  AND t.header_id <> t.name_id
  AND NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.path = t.real_path AND r.session_id = t.header_id)
  AND NOT (NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.path = t.real_path)
           AND EXISTS (SELECT 1 FROM transcript o WHERE o.header_id = t.header_id AND o.name_id = t.header_id AND o.path <> t.path))
  AND t.modified_at < :now - :grace
  AND t.busy = 0
