/*
{ "id": "messages-without-org-keys", "severity": "warning", "subject": "session",
  "title": "session holds encrypted messages of an organisation without keys",
  "message": "session {id} holds {messages} [message|messages], and organisation {org_id} has no encryption keys",
  "why": "messages are encrypted for the organisation's key; without one nobody can read them, or they were never meant for it",
  "requires": ["isol8"] }
*/
SELECT s.source, s.scope, s.id, s.org_id, COUNT(*) AS messages
FROM isol8_organization o
JOIN session s ON s.scope = o.scope AND s.org_id = o.id
JOIN message m ON m.scope = s.scope AND m.session_id = s.id
WHERE o.has_keys = 0
GROUP BY s.source, s.scope, s.id, s.org_id
HAVING MAX(m.created_at) < :now - :grace
