/*
{ "id": "entry-malformed", "severity": "warning", "subject": "entry",
  "title": "an entry has the wrong shape",
  "message": "entry {key} {detail}",
  "why": "the application skips or rewrites an entry that it does not understand; the session that it stood for is then gone from every list" }
*/
SELECT e.source, e.scope, e.key, e.defect AS detail, e.document
FROM entry e
WHERE e.defect IS NOT NULL
