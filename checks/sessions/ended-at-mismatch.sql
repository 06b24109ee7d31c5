/*
{ "id": "ended-at-mismatch", "severity": "error", "subject": "session",
  "title": "session's end and its status disagree",
  "message": "session {id} is {status}, and its end is {ended_at}",
  "why": "status and time of the end are written together; where they disagree one of two writers won half, and lists and clean-ups that go by the one contradict those that go by the other",
  "requires": ["ended-sessions-have-an-end"] }
*/
SELECT s.source, s.scope, s.id, s.status, s.ended_at, s.updated_at
FROM session s
WHERE COALESCE(s.updated_at, s.created_at, 0) < :now - :grace
  AND ((s.state IN ('ended', 'failed') AND s.ended_at IS NULL)
       OR (s.state IN ('pending', 'active', 'waiting', 'suspended') AND s.ended_at IS NOT NULL))
