/*
{ "id": "terminal-session-stale", "severity": "error", "subject": "session",
  "title": "session is active but its terminal has stopped",
  "message": "session {id} is {status} and was last alive {active_at}, while others still are",
  "why": "the program touches the row of every live terminal once a second; this one's has ended without being recorded",
  "safety": "mark-ended keeps the row and all that refers to it; nothing runs that could be missed",
  "requires": ["agenterm-terminals"],
  "repairs": [
    {"name": "mark-ended", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "ended"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.active_at
FROM session s
JOIN (SELECT o.scope, MAX(o.active_at) AS newest_at
      FROM session o
      WHERE o.runtime = 'pty'
      GROUP BY o.scope) f ON f.scope = s.scope
WHERE s.runtime = 'pty'
  AND s.state = 'active'
  AND s.active_at < :now - :grace
  AND s.created_at < :now - :grace
  AND f.newest_at >= :now - :grace
