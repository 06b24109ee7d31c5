/*
{ "id": "registry-unreadable", "severity": "error", "subject": "registry",
  "title": "the registry of sessions cannot be used",
  "message": "registry {path} is {status}: {detail}",
  "why": "a registry that was cut, emptied or damaged is taken as empty by the application, which then writes a new one over it; every session is lost with it. Nothing that rests on this registry is reported or repaired until it can be read again",
  "supersedes": ["leftover-temporary-file"] }
*/
SELECT r.source, r.scope, r.path, r.status, COALESCE(r.defect, 'it is not there') AS detail, r.transcripts, r.good_temp
FROM registry r
WHERE r.status IN ('empty', 'unparseable', 'unreadable')
   OR (r.status = 'absent' AND EXISTS (
         SELECT 1 FROM transcript t
         WHERE t.scope = r.scope AND t.kind IN ('transcript', 'fork') AND t.modified_at < :now - :grace))
