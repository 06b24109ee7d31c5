/*
{ "id": "session-under-other-key", "severity": "error", "subject": "session",
  "title": "session is stored under the key of another one",
  "message": "the key of session {id} holds a session that says it is {named_id}",
  "why": "whoever asks for the one gets the other, and the next write of what was read goes to the other key: two sessions become one",
  "requires": ["actionflows"] }
*/
SELECT s.source, s.scope, s.id, s.named_id, s.status
FROM session s
WHERE s.named_id <> s.id
   OR (s.named_id IS NULL AND s.status IS NOT NULL)
