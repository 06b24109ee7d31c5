/*
{ "id": "agent-without-key", "severity": "error", "subject": "isol8_agent",
  "title": "agent works in the background without a key",
  "message": "agent {name} of user {user_id} is in background mode and has no data key",
  "why": "in background mode the service decrypts the state by itself, with a key that is stored beside it; without that key the agent cannot run and its state cannot be read",
  "requires": ["isol8"] }
*/
SELECT a.source, a.scope, a.id, a.user_id, a.name, a.mode, a.created_at
FROM isol8_agent a
WHERE a.mode = 'background'
  AND a.has_key = 0
  AND a.updated_at < :now - :grace
