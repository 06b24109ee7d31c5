/*
{ "id": "transcript-unterminated", "severity": "note", "subject": "transcript",
  "title": "the last line of a transcript has no end",
  "message": "{path} does not end with a line end",
  "why": "harmless by itself; some programs glue the next line to the last one" }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.lines
FROM transcript t
WHERE t.tail = 'unterminated'
  AND t.modified_at < :now - :grace
  AND t.busy = 0
