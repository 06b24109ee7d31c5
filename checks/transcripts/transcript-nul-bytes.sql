/*
{ "id": "transcript-nul-bytes", "severity": "error", "subject": "transcript",
  "title": "a transcript ends in NUL bytes",
  "message": "{path} ends in NUL bytes after line {lines}",
  "why": "after a loss of power the file has its new length and not its new contents; the next message follows the NUL bytes on the same line and is lost with them",
  "safety": "cut takes away the NUL bytes, and a line before them that was cut off with them; the run keeps both (undoable). A file of NUL bytes alone stays",
  "repairs": [
    {"name": "cut", "applicability": "safe",
     "changes": [{"delete": "transcript_line", "key": {"path": "{path}", "line": "{cut_line}"}}]} ] }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.lines, t.messages, t.last_at, CASE WHEN t.header IS NOT NULL THEN t.lines END AS cut_line
FROM transcript t
WHERE t.tail = 'nul'
  AND t.modified_at < :now - :grace
  AND t.busy = 0
