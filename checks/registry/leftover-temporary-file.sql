/*
{ "id": "leftover-temporary-file", "severity": "warning", "subject": "file",
  "title": "a temporary file was left behind",
  "message": "{path} is a temporary file of {modified_at}",
  "why": "a write was interrupted between the temporary file and its rename. Where the registry beside it cannot be read, such a file may be the only good copy: it is then not reported here and never removed",
  "safety": "moved to quarantine, and only while the registry beside it is good (undoable)",
  "optional": ["registry"],
  "params": {"limit": "1h"},
  "repairs": [
    {"name": "remove", "applicability": "unsafe",
     "changes": [{"delete": "file", "key": {"path": "{path}"}}]} ] }
*/
SELECT f.source, f.scope, f.path, f.size, f.modified_at
FROM file f
WHERE f.role = 'temporary'
  AND f.modified_at < :now - :limit
  AND NOT EXISTS (SELECT 1 FROM registry r WHERE (r.scope = f.scope OR r.scope = '') AND r.status <> 'ok')
