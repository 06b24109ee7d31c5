/*
{ "id": "entries-share-session", "severity": "warning", "subject": "entry",
  "title": "one session id stands in several places",
  "message": "session {session_id} is claimed by {count} entries whose transcripts differ: {members}",
  "why": "a session id means one conversation; with two transcripts of that id in different places, which one is continued depends on who asks. Two keys for one and the same transcript, and one session split over topics, are not meant",
  "requires": ["transcripts-need-entries"],
  "group": ["session_id"] }
*/
SELECT e.source, e.key, e.session_id
FROM entry e
WHERE e.session_id IS NOT NULL
  AND EXISTS (
    SELECT 1 FROM entry o
    WHERE o.session_id = e.session_id
      AND o.scope <> e.scope
      AND COALESCE(o.real_path, o.own_path) <> COALESCE(e.real_path, e.own_path)
      AND (o.path_state = 'exists' OR o.own_state = 'exists'))
  AND (e.path_state = 'exists' OR e.own_state = 'exists')
