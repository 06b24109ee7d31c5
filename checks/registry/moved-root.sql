/*
{ "id": "moved-root", "severity": "error", "subject": "entry",
  "title": "the application's directory was moved",
  "message": "{count} [entry names|entries name] files below {old_root}, where the directory no longer is",
  "why": "entries hold absolute paths; after the directory was moved or copied the application looks for every transcript in the old place and starts each session again from nothing. All of them have this one cause",
  "group": ["old_root"],
  "supersedes": ["entry-outside-root"] }
*/
SELECT e.source, e.key, e.old_root
FROM entry e
WHERE e.old_root IS NOT NULL
  -- In a registry that several directories share, the files of another one are in another place as well.
  AND (e.scope <> '' OR EXISTS (SELECT 1 FROM entry o WHERE o.old_root = e.old_root AND o.path_state = 'exists'))
