/*
{ "id": "transcript-parent-missing", "severity": "warning", "subject": "transcript",
  "title": "a message answers one that is not there",
  "message": "{path} has {broken_parents} [line that follows|lines that follow] one that is not in it",
  "why": "lines name the line before them; where that one is missing, the application shows only what comes after the gap" }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.broken_parents, t.lines
FROM transcript t
WHERE t.broken_parents > 0
  AND t.bad_lines = 0
  AND t.header = 'ok'
  AND t.tail IN ('ok', 'unterminated')
  AND t.modified_at < :now - :grace
  AND t.busy = 0
