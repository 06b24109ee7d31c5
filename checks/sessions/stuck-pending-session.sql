/*
{ "id": "stuck-pending-session", "severity": "error", "subject": "session",
  "title": "session has been starting for too long",
  "message": "session {id} is still {status}; it was created {created_at}",
  "why": "starting a session takes moments; one that stays in between was given up by whatever was starting it, and those who wait for it wait for ever",
  "safety": "mark-failed keeps the row and all that refers to it",
  "requires": ["pending-is-brief"],
  "optional": ["hold"],
  "params": {"limit": "30m"},
  "repairs": [
    {"name": "mark-failed", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "failed"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.created_at
FROM session s
WHERE s.state = 'pending'
  AND s.created_at < :now - :limit
  AND s.created_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM hold h
                  WHERE h.scope = s.scope AND h.relation = 'session' AND h.id = s.id
                    AND (h."until" IS NULL OR h."until" > :now))
