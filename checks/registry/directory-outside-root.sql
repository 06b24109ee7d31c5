/*
{ "id": "directory-outside-root", "severity": "note", "subject": "registry",
  "title": "a directory of sessions lies outside",
  "message": "{path} {detail}; it was not read",
  "why": "what lies behind a link that leaves the application's directory is not read and never changed; audit that place by itself if it belongs to the application" }
*/
SELECT r.source, r.scope, r.path, r.defect AS detail
FROM registry r
WHERE r.status = 'outside'
