/*
{ "id": "takeover-flag-mismatch", "severity": "error", "subject": "session",
  "title": "session is in human takeover but nobody is attached",
  "message": "session {id} is {status} without a person attached",
  "why": "status and flag are written in two places; the agent waits for a person who is not there",
  "safety": "set-attached makes the flag say what the status says; the agent keeps waiting",
  "requires": ["agenterm-takeover"],
  "repairs": [
    {"name": "set-attached", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"attached": 1}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status
FROM session s
WHERE s.status = 'human_takeover'
  AND s.attached = 0
  AND COALESCE(s.created_at, 0) < :now - :grace
