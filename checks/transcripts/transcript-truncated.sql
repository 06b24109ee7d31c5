/*
{ "id": "transcript-truncated", "severity": "error", "subject": "transcript",
  "title": "the last line of a transcript is cut off",
  "message": "{path} ends inside line {lines}",
  "why": "a write was interrupted; the application glues its next message to the broken line and loses both, or drops the question before it as well",
  "safety": "cut takes away the bytes after the last whole line, which no reader understands; the run keeps them (undoable)",
  "repairs": [
    {"name": "cut", "applicability": "safe",
     "changes": [{"delete": "transcript_line", "key": {"path": "{path}", "line": "{lines}"}}]} ] }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.lines, t.messages, t.last_at
FROM transcript t
WHERE t.tail = 'cut'
  AND t.modified_at < :now - :grace
  AND t.busy = 0
