/*
{ "id": "session-behind-history", "severity": "error", "subject": "session",
  "title": "session goes on although its history says that it ended",
  "message": "session {id} is {status}, and {path}, saved {saved_at}, says that it is {history_status}",
  "why": "the history is saved first and the session after it; the second write failed, so the session is shown as running for ever",
  "safety": "mark-ended writes the status and the end that the history tells; nothing is removed",
  "requires": ["actionflows"],
  "repairs": [
    {"name": "mark-ended", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"status": "{history_status}", "ended_at": "{history_ended_at}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, h.status AS history_status, COALESCE(h.ended_at, h.saved_at) AS history_ended_at, h.saved_at, h.id AS path
FROM session s
JOIN actionflows_history h ON h.scope = s.scope AND h.session_id = s.id AND h.name_id = s.id
WHERE s.state = 'active'
  AND h.state IN ('ended', 'failed')
  AND h.saved_at < :now - :grace
  AND (s.last_start_at IS NULL OR s.last_start_at <= h.saved_at)
  AND NOT EXISTS (SELECT 1 FROM actionflows_history n
                  WHERE n.scope = s.scope AND n.session_id = s.id AND n.saved_at > h.saved_at)
