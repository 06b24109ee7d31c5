/*
{ "id": "entry-file-of-other-session", "severity": "warning", "subject": "entry",
  "title": "an entry names the file of another session",
  "message": "entry {key} has session {session_id} and names {path}, the file of session {named_session_id}",
  "why": "the session id of the key was changed while the file name was not, and the new session has no transcript of its own; which of the two is meant cannot be told",
  "requires": ["transcripts-need-entries"] }
*/
SELECT e.source, e.scope, e.key, e.session_id, e.named_session_id, e.path
FROM entry e
WHERE e.path_state = 'exists'
  AND e.own_state = 'missing'
  AND e.has_run = 1
  AND e.kind NOT IN ('run', 'cron')
  AND e.named_session_id <> e.session_id
  AND COALESCE(e.updated_at, 0) < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM transcript t WHERE t.real_path = e.real_path AND t.header_id = e.session_id)
  -- Where another entry has the file as well, that is the cause: see entries-share-transcript.
  AND NOT EXISTS (
    SELECT 1 FROM entry o
    WHERE o.real_path = e.real_path
      AND o.session_id <> e.session_id
      AND o.kind NOT IN ('run', 'cron')
      AND (o.own_state <> 'exists' OR o.own_path = o.path))
