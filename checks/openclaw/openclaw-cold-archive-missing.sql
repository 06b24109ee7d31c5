/*
{ "id": "openclaw-cold-archive-missing", "severity": "error", "subject": "openclaw_window",
  "title": "an archived transcript's file is gone or damaged",
  "message": "session {id} was archived to {name}, which is not there whole",
  "why": "the events of an archived session are in that file alone; without it the conversation cannot be restored" }
*/
SELECT a.source, a.scope, a.id, a.name, a.archived_at
FROM openclaw_cold_archive a
WHERE a.storage = 'file'
  AND a.archived_at < :now - :grace
  AND NOT EXISTS (
    SELECT 1 FROM file f
    WHERE f.scope = a.scope AND f.role = 'archive' AND f.path = 'agents/' || a.scope || '/sessions/cold/' || a.name AND f.size = COALESCE(a.bytes, f.size))
