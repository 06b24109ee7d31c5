/*
{ "id": "workspace-path-missing", "severity": "error", "subject": "workspace",
  "title": "worktree's directory is gone",
  "message": "worktree {id} is {status} but its directory {path} does not exist",
  "why": "the directory was removed by hand or its creation failed; sessions started in it fail, and git still counts the worktree" }
*/
SELECT w.source, w.scope, w.id, w.status, w.path
FROM workspace w
JOIN agenterm_project p ON p.scope = w.scope AND p.id = w.project_id
WHERE w.state IN ('active', 'waiting')
  AND substr(w.path, 1, 1) = '/'
  -- A repository that is not on this machine says nothing about its worktrees.
  AND EXISTS (SELECT 1 FROM file f WHERE f.path = p.repo_path AND f.kind = 'directory')
  AND EXISTS (SELECT 1 FROM file f WHERE f.path = w.path AND f.kind = 'missing')
