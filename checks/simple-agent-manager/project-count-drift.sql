/*
{ "id": "project-count-drift", "severity": "warning", "subject": "sam_project",
  "title": "project counts its active sessions wrongly",
  "message": "project {id} counts {active_sessions} active [session|sessions] and has {sessions}",
  "why": "the count is sent to the control database after each change and one of them was lost; limits and lists go by it",
  "safety": "recount sets the count to the number of active sessions",
  "params": {"settle": "30s"},
  "repairs": [
    {"name": "recount", "applicability": "safe",
     "changes": [{"update": "sam_project", "key": {"id": "{id}"}, "set": {"active_sessions": "{sessions}"}}]} ] }
*/
SELECT p.source, p.scope, p.id, p.active_sessions, COALESCE(n.sessions, 0) AS sessions
FROM sam_project p
LEFT JOIN (SELECT s.scope, COUNT(*) AS sessions FROM session s WHERE s.status = 'active' GROUP BY s.scope) n ON n.scope = p.scope
-- The count follows a change after some seconds: a session that has just begun need not be in it, one that has just ended may be. What a repair
-- ends, it ends at this very moment, and nobody will send that.
WHERE (p.active_sessions > COALESCE(n.sessions, 0)
       + (SELECT COUNT(*) FROM session e WHERE e.scope = p.scope AND e.status <> 'active' AND e.ended_at > :now - :settle AND e.ended_at < :now)
    OR p.active_sessions < COALESCE(n.sessions, 0)
       - (SELECT COUNT(*) FROM session b WHERE b.scope = p.scope AND b.status = 'active' AND b.created_at > :now - :settle))
  AND EXISTS (SELECT 1 FROM store st WHERE st.scope = p.scope AND st.status = 'ok')
