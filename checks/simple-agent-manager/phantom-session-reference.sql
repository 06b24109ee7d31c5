/*
{ "id": "phantom-session-reference", "severity": "warning", "subject": "session_ref",
  "title": "something names a session that does not exist",
  "message": "{from_relation} {from_id} names session {session_id}, which does not exist ({form})",
  "why": "creating a session failed and the caller was handed a made-up id (form 'fallback'), or the session was removed; whatever is filed under the id is seen by nobody",
  "optional": ["sam_acp"] }
*/
SELECT r.source, r.scope, r.session_id, r.from_relation, MIN(r.from_id) AS from_id, r.form, COUNT(*) AS times,
       CASE WHEN r.form = 'fallback' THEN 'error' ELSE 'warning' END AS severity
FROM session_ref r
WHERE r.role = 'log'
  AND r.at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session s WHERE s.scope = r.scope AND s.id = r.session_id)
  AND NOT EXISTS (SELECT 1 FROM sam_acp a WHERE a.scope = r.scope AND a.id = r.session_id)
GROUP BY r.source, r.scope, r.session_id, r.from_relation, r.form
