/*
{ "id": "crash-stray-file",
  "severity": "error",
  "subject": "file",
  "title": "file lies where it should not",
  "message": "{path} belongs to {new_path}",
  "why": "a check of the crash tests: its repair moves a file",
  "safety": "the file stays what it is",
  "repairs": [
    {"name": "move", "applicability": "safe",
     "changes": [{"update": "file", "key": {"path": "{path}"}, "set": {"path": "{new_path}"}}]} ] }
*/
SELECT f.source, f.scope, f.path, 'aside/' || f.path AS new_path
FROM file f
WHERE f.role = 'stray'
