/*
{ "id": "transcript-header-missing", "severity": "error", "subject": "transcript",
  "title": "a transcript does not begin with its header",
  "message": "the header of {path} is {header}",
  "why": "without the first line some versions erase the whole transcript at the next message, others rebuild it; the session id and the working directory are known from nowhere else",
  "supersedes": ["transcript-without-entry"] }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.header, t.lines, t.messages
FROM transcript t
WHERE t.header IN ('missing', 'cut')
  AND t.state <> 'empty'
  AND t.modified_at < :now - :grace
  AND t.busy = 0
