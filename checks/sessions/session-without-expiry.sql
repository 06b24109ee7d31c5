/*
{ "id": "session-without-expiry", "severity": "warning", "subject": "session",
  "title": "session never expires, although all others do",
  "message": "session {id} is {status}, was created {created_at}, and has no time at which it expires",
  "why": "the application writes every session with a time to live; one without was written by something else, or its time to live got lost, and it stays for ever",
  "requires": ["sessions-expire"] }
*/
SELECT s.source, s.scope, s.id, s.status, s.created_at
FROM session s
WHERE s.expires_at IS NULL
