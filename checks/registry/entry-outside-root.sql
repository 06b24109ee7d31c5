/*
{ "id": "entry-outside-root", "severity": "warning", "subject": "entry",
  "title": "an entry names a file outside",
  "message": "entry {key} names {path}, which lies outside of the application's directory",
  "why": "such a path comes from a copied configuration or a changed home; newer versions of the application refuse it, and the session starts again from nothing" }
*/
SELECT e.source, e.scope, e.key, e.session_id, e.path
FROM entry e
WHERE e.path_state = 'outside'
  AND e.old_root IS NULL
  AND NOT EXISTS (SELECT 1 FROM registry r WHERE r.scope = e.scope AND r.status = 'outside')
