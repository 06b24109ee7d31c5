/*
{ "id": "session-unlike-history", "severity": "warning", "subject": "session",
  "title": "session and its newest history do not agree how it ended",
  "message": "session {id} is {status}, and {path}, saved {saved_at}, says that it is {history_status}",
  "why": "the history is saved whenever a session ends; after a later change it was not saved again, so it tells another story than the live store",
  "requires": ["actionflows"] }
*/
SELECT s.source, s.scope, s.id, s.status, h.status AS history_status, h.saved_at, h.id AS path
FROM session s
JOIN actionflows_history h ON h.scope = s.scope AND h.session_id = s.id AND h.name_id = s.id
WHERE s.state IN ('ended', 'failed')
  AND h.state IN ('ended', 'failed')
  AND h.state <> s.state
  AND h.saved_at < :now - :grace
  AND s.ended_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM actionflows_history n
                  WHERE n.scope = s.scope AND n.session_id = s.id AND n.saved_at > h.saved_at)
