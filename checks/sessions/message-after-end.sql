/*
{ "id": "message-after-end", "severity": "warning", "subject": "session",
  "title": "session got messages after its end",
  "message": "session {id} ended {ended_at} and has a message of {last_message_at}",
  "why": "whatever works in it did not stop with it, or the session was ended by mistake; nobody looks at what comes in now",
  "requires": ["messages-stop-at-the-end"],
  "params": {"limit": "10m"} }
*/
SELECT s.source, s.scope, s.id, s.status, s.ended_at, MAX(m.created_at) AS last_message_at
FROM session s
JOIN message m ON m.scope = s.scope AND m.session_id = s.id
WHERE s.state IN ('ended', 'failed')
  AND m.created_at > s.ended_at + :limit
GROUP BY s.source, s.scope, s.id, s.status, s.ended_at
