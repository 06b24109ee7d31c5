/*
{ "id": "stale-lock", "severity": "warning", "subject": "lock",
  "title": "a lock whose owner is gone",
  "message": "lock {path} of process {pid} was taken {taken_at}; that process is {owner}",
  "why": "the process that held the lock ended without removing it, and its number may belong to another process by now; whoever waits for the lock waits for nothing",
  "safety": "a lock is moved away only while it names the same dead process (undoable)",
  "params": {"limit": "30m"},
  "repairs": [
    {"name": "remove", "applicability": "unsafe",
     "changes": [{"delete": "lock", "key": {"path": "{path}"}}]} ] }
*/
SELECT k.source, k.scope, k.path, k.target, k.pid, k.owner, COALESCE(k.taken_at, k.modified_at) AS taken_at
FROM lock k
WHERE (k.owner IN ('dead', 'recycled') AND COALESCE(k.taken_at, k.modified_at) < :now - :grace)
   OR (k.owner = 'unknown' AND k.pid IS NULL AND k.modified_at < :now - :limit)
