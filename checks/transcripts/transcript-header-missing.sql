/*
{ "id": "transcript-header-missing", "severity": "error", "subject": "transcript",
  "title": "a transcript does not begin with its header",
  "message": "the header of {path} is {header}",
  "why": "without the first line some versions erase the whole transcript at the next message, others rebuild it; the session id and the working directory are known from nowhere else",
  "safety": "insert-header puts a header before the lines that are there, of which none changes; a broken first line stays as it is. Only where messages have ids, so that the version is known",
  "supersedes": ["transcript-without-entry"],
  "repairs": [
    {"name": "insert-header", "applicability": "safe",
     "changes": [{"insert": "transcript_line", "set": {"path": "{headless_path}", "line": 0, "header_id": "{session_id}", "at": "{first_at}", "directory": "{directory}"}}]} ] }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.header, t.lines, t.messages, t.first_at,
       CASE WHEN t.linked = 1 THEN t.path END AS headless_path,
       (SELECT CASE WHEN MIN(o.directory) = MAX(o.directory) THEN MIN(o.directory) END FROM transcript o WHERE o.scope = t.scope) AS directory
FROM transcript t
WHERE t.header IN ('missing', 'cut')
  AND t.state <> 'empty'
  AND t.modified_at < :now - :grace
  AND t.busy = 0
