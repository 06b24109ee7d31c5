/*
{ "id": "bench-session-without-parent",
  "severity": "error",
  "subject": "session",
  "title": "session names a parent that does not exist",
  "message": "session {id} names parent {parent_id}, which does not exist",
  "why": "a check of the benchmark",
  "requires": ["bench"] }
*/
SELECT s.source, s.scope, s.id, s.parent_id
FROM session s
WHERE s.parent_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM session p WHERE p.scope = s.scope AND p.id = s.parent_id)
