/*
{ "id": "agent-size-drift", "severity": "warning", "subject": "isol8_agent",
  "title": "agent state records a size that it does not have",
  "message": "the state of agent {name} of user {user_id} holds {size} [byte|bytes] and records {recorded_size}",
  "why": "state and size are written together; where they differ one of the two is of another write, and the state may be torn",
  "requires": ["isol8"] }
*/
SELECT a.source, a.scope, a.id, a.user_id, a.name, COALESCE(a.size, 0) AS size, a.recorded_size, a.updated_at
FROM isol8_agent a
-- Before the first message there is neither state nor size.
WHERE (COALESCE(a.recorded_size, -1) <> a.size OR (a.size IS NULL AND a.recorded_size > 0))
  AND a.updated_at < :now - :grace
