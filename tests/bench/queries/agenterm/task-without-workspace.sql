SELECT t.id, t.worktree_id, t.status
FROM tasks t
WHERE t.worktree_id <> '' AND t.updated_at < ':cutoff' AND NOT EXISTS (SELECT 1 FROM worktrees w WHERE w.id = t.worktree_id);
