/*
{ "id": "openclaw-part-without-event", "severity": "error", "subject": "openclaw_window",
  "title": "rows of a transcript that is not there",
  "message": "{parts} [row belongs|rows belong] to session {id}, leading to nothing, the first in {place}",
  "why": "the session or the event that they belong to was removed with the checks of the database off; the application's lists and its search then name what cannot be opened" }
*/
SELECT p.source, p.scope, p.session_id AS id, MIN(p.place) AS place, COUNT(*) AS parts
FROM openclaw_part p
WHERE (p.event_seq IS NULL AND NOT EXISTS (SELECT 1 FROM openclaw_window w WHERE w.scope = p.scope AND w.id = p.session_id))
   OR (p.event_seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM openclaw_event e WHERE e.scope = p.scope AND e.session_id = p.session_id AND e.seq = p.event_seq))
GROUP BY p.source, p.scope, p.session_id
