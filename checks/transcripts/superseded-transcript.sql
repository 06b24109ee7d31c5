/*
{ "id": "superseded-transcript", "severity": "note", "subject": "transcript",
  "title": "history of a key, kept",
  "message": "{path} is an earlier conversation of {key}: history, keep it",
  "why": "each new start of a key leaves the conversation before in its file. It is in no registry, and it is not lost either: nothing is to be done, and it must never be removed as an orphan",
  "requires": ["transcripts-need-entries"] }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, COALESCE(t.claimed_key, 'a key of a channel or of cron') AS key, t.messages, t.last_at
FROM transcript t
WHERE t.kind IN ('transcript', 'fork')
  AND t.has_started = 1
  AND t.modified_at < :now - :grace
  AND NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.path = t.real_path)
  AND NOT EXISTS (SELECT 1 FROM registry g WHERE (g.scope = t.scope OR g.scope = '') AND g.status <> 'ok')
  -- The last run of a cron entry that leads nowhere is no history: see openclaw-provisional-cron-entry.
  AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.key = t.claimed_key AND e.kind = 'cron' AND e.path_state <> 'exists' AND e.own_state = 'missing'
                  AND NOT EXISTS (SELECT 1 FROM transcript o WHERE o.claimed_key = t.claimed_key AND COALESCE(o.last_at, 0) > COALESCE(t.last_at, 0)))
  AND (t.keyed = 1
       OR EXISTS (SELECT 1 FROM entry e WHERE e.key = t.claimed_key)
       OR EXISTS (SELECT 1 FROM session_ref r WHERE r.session_id = t.name_id AND r.role = 'log'))
