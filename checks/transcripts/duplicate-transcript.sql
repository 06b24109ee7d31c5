/*
{ "id": "duplicate-transcript", "severity": "note", "subject": "transcript",
  "title": "a copy of another transcript",
  "message": "{path} begins with session {header_id}, whose own transcript is {original_path}",
  "why": "somebody copied a transcript under another name; the application does not read it, and nothing needs to be done" }
*/
SELECT t.source, t.scope, t.path, t.header_id, MIN(o.path) AS original_path
FROM transcript t
JOIN transcript o ON o.header_id = t.header_id AND o.name_id = t.header_id AND o.path <> t.path
WHERE t.kind IN ('transcript', 'fork')
  AND t.name_id <> t.header_id
  AND NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.path = t.real_path)
GROUP BY t.source, t.scope, t.path, t.header_id
