/*
{ "id": "openclaw-header-missing", "severity": "error", "subject": "openclaw_window",
  "title": "a transcript does not begin with its header",
  "message": "the first event of session {id} is no header",
  "why": "the header names the session and its directory; without it the application cannot open the transcript" }
*/
SELECT w.source, w.scope, w.id, w.key
FROM openclaw_window w
WHERE w.created_at < :now - :grace
  AND EXISTS (SELECT 1 FROM openclaw_event e WHERE e.scope = w.scope AND e.session_id = w.id)
  AND NOT EXISTS (
    SELECT 1 FROM openclaw_event e
    WHERE e.scope = w.scope AND e.session_id = w.id AND e.seq = 0 AND (e.type = 'session' OR e.packed = 1 OR e.ok = 0))
