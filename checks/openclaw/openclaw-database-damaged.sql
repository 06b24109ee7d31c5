/*
{ "id": "openclaw-database-damaged", "severity": "error", "subject": "file",
  "title": "a database of sessions is damaged",
  "message": "{path} {detail}",
  "why": "pages of the file are damaged or it is no database any more; what it holds is read in part at best, and every write makes it worse" }
*/
SELECT f.source, f.scope, f.path, s.detail
FROM file f
JOIN store s ON s.scope = f.scope
WHERE f.role = 'database'
  AND s.source <> f.source
  AND s.status = 'unknown'
  AND s.detail IS NOT NULL
