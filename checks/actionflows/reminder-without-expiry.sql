/*
{ "id": "reminder-without-expiry", "severity": "warning", "subject": "actionflows_reminder",
  "title": "reminder never expires, although all others do",
  "message": "reminder {id} has no time at which it expires",
  "why": "a reminder is written with a time to live, and written again without one when it is addressed; from then on it stays for ever",
  "requires": ["actionflows"] }
*/
SELECT r.source, r.scope, r.id, r.session_id
FROM actionflows_reminder r
WHERE r.expires_at IS NULL
