/*
{ "id": "crash-torn-tail",
  "severity": "error",
  "subject": "transcript",
  "title": "the last line of a transcript is cut off",
  "message": "{path} ends inside line {lines}",
  "why": "a check of the crash tests: its repair cuts a file",
  "safety": "the run keeps what is cut off",
  "repairs": [
    {"name": "cut", "applicability": "safe",
     "changes": [{"delete": "transcript_line", "key": {"path": "{path}", "line": "{lines}"}}]} ] }
*/
SELECT t.source, t.scope, t.path, t.lines
FROM transcript t
WHERE t.tail = 'cut'
