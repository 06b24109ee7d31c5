/*
{ "id": "moved-root", "severity": "error", "subject": "entry",
  "title": "the application's directory was moved",
  "message": "{count} entries name files below {old_root}, where the directory no longer is",
  "why": "entries hold absolute paths; after the directory was moved or copied the application looks for every transcript in the old place and starts each session again from nothing. All of them have this one cause",
  "group": ["old_root"],
  "supersedes": ["entry-outside-root"] }
*/
SELECT e.source, e.key, e.old_root
FROM entry e
WHERE e.old_root IS NOT NULL
