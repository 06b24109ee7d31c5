/*
{ "id": "entries-share-transcript", "severity": "warning", "subject": "entry",
  "title": "two sessions use one transcript",
  "message": "entries {members} have different sessions and the same transcript {real_path}",
  "why": "two sessions that append to one file mix two conversations in it. Rows of a cron run share the file of their job by design and are not meant",
  "requires": ["transcripts-need-entries"],
  "group": ["real_path"],
  "supersedes": ["entry-file-of-other-session"] }
*/
SELECT e.source, e.key, e.session_id, e.real_path
FROM entry e
WHERE e.path_state = 'exists'
  AND e.kind NOT IN ('run', 'cron')
  AND (e.own_state <> 'exists' OR e.own_path = e.path)
  AND EXISTS (
    SELECT 1 FROM entry o
    WHERE o.real_path = e.real_path
      AND o.session_id <> e.session_id
      AND o.kind NOT IN ('run', 'cron')
      AND (o.own_state <> 'exists' OR o.own_path = o.path))
