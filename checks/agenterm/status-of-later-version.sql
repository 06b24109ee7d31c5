/*
{ "id": "status-of-later-version", "severity": "warning", "subject": "session",
  "title": "session has a status that this version does not know",
  "message": "session {id} has the status '{status}', which this version of agenterm does not know",
  "why": "the database was written by a newer version and is used by an older one, which neither lists the session nor ends it",
  "requires": ["agenterm-first-vocabulary"] }
*/
SELECT s.source, s.scope, s.id, s.status
FROM session s
WHERE s.state <> 'unknown'
  AND s.status <> 'running' AND s.status <> 'idle' AND s.status <> 'human_takeover' AND s.status <> 'completed'
  AND COALESCE(s.created_at, 0) < :now - :grace
