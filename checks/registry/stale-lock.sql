/*
{ "id": "stale-lock", "severity": "warning", "subject": "lock",
  "title": "a lock whose owner is gone, or holds it for too long",
  "message": "lock {path} of process {pid} was taken {taken_at}; that process is {owner}",
  "why": "the process that held the lock ended without removing it, and its number may belong to another process by now; whoever waits for the lock waits for nothing. A lock of a living process counts after half an hour, from when on its application takes it away",
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
   -- A lock that its owner neither gave up nor touched for so long is taken from it by the next who wants it.
   OR (k.owner = 'alive' AND COALESCE(k.taken_at, k.modified_at) < :now - :limit AND k.modified_at < :now - :limit)
