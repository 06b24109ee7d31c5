/*
{ "id": "own-check", "severity": "note", "subject": "session", "title": "a check of one's own",
  "message": "session {id} is here", "why": "shows that a configuration can bring checks" }
*/
SELECT s.source, s.id FROM session s WHERE s.id = ''
