/*
{ "id": "entry-older-than-transcript", "severity": "note", "subject": "entry",
  "title": "an entry was not updated with its transcript",
  "message": "entry {key} was updated {updated_at}, its transcript goes on until {last_at}",
  "why": "the registry was restored or not written while the session went on; some versions end a session whose transcript is newer than its entry",
  "params": {"tolerance": "1d"} }
*/
SELECT e.source, e.scope, e.key, e.session_id, t.path, e.updated_at, MAX(t.last_at) AS last_at
FROM entry e
JOIN session_ref r ON r.from_id = e.key AND r.scope = e.scope AND r.role IN ('own', 'file')
JOIN transcript t ON t.real_path = r.path
WHERE t.last_at > e.updated_at + :tolerance
  AND t.name_id = e.session_id
  AND t.modified_at < :now - :grace
GROUP BY e.source, e.scope, e.key, e.session_id, t.path, e.updated_at
