/*
{ "id": "duplicate-entry-key", "severity": "warning", "subject": "entry",
  "title": "a key is in the registry twice",
  "message": "key {key} is {times} times in {document}; only the last one counts",
  "why": "a reader of JSON keeps the last of several members with one name, so the sessions of the others are lost at the next write" }
*/
SELECT e.source, e.scope, e.key, e.document, COUNT(*) AS times
FROM entry e
GROUP BY e.source, e.scope, e.key, e.document
HAVING COUNT(*) > 1
