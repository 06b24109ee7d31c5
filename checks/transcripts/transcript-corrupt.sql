/*
{ "id": "transcript-corrupt", "severity": "error", "subject": "transcript",
  "title": "a transcript has a line that is not JSON",
  "message": "{path} has {bad_lines} unreadable [line|lines], the first is line {bad_line}",
  "why": "messages were glued together or overwritten; what the line held is skipped, and what follows it may have lost its parent" }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.bad_lines, t.bad_line, t.lines
FROM transcript t
WHERE t.bad_lines > 0
  AND t.modified_at < :now - :grace
  AND t.busy = 0
