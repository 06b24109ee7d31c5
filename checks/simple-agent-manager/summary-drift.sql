/*
{ "id": "summary-drift", "severity": "error", "subject": "session",
  "title": "index of sessions contradicts the session",
  "message": "session {id} is {status} with {message_count} [message|messages]; the index says {summary_status} with {summary_count}",
  "why": "an update of the index was lost; lists show the session as it was, and clean-ups that read them act on it",
  "safety": "copy writes status and count of the session into the index",
  "repairs": [
    {"name": "copy", "applicability": "safe",
     "changes": [{"update": "sam_summary", "key": {"id": "{id}"}, "set": {"status": "{status}", "message_count": "{message_count}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.message_count, m.status AS summary_status, m.message_count AS summary_count, s.updated_at
FROM sam_coverage c
JOIN session s ON s.scope = c.scope
JOIN sam_summary m ON m.scope = s.scope AND m.id = s.id
WHERE c.complete = 1
  AND (s.updated_at < c.synced_at OR s.updated_at < m.synced_at)
  AND s.updated_at < :now - :grace
  AND (m.status <> s.status OR m.message_count <> s.message_count)
