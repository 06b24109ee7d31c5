/*
{ "id": "history-saved-twice", "severity": "note", "subject": "actionflows_history",
  "title": "older history of a session that was saved again on a later day",
  "message": "{id} was saved {saved_at}, and {newer_path} holds the same session",
  "why": "each day has its own file: the session is counted and listed twice, and the older one tells an end that was not the last",
  "requires": ["actionflows"] }
*/
SELECT h.source, h.scope, h.id, h.name_id AS session_id, h.saved_at, n.id AS newer_path
FROM actionflows_history h
JOIN actionflows_history n ON n.scope = h.scope AND n.name_id = h.name_id AND n.date_at > h.date_at
WHERE NOT EXISTS (SELECT 1 FROM actionflows_history o
                  WHERE o.scope = h.scope AND o.name_id = h.name_id AND o.date_at > n.date_at)
