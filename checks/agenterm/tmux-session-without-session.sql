/*
{ "id": "tmux-session-without-session", "severity": "warning", "subject": "tmux_window",
  "title": "agent's tmux session that no row claims",
  "message": "tmux session '{id}' has the form of an agent's session, but no row names it",
  "why": "its row was deleted, or belongs to another machine or another store: the agent in it runs unseen; absence here is no proof, so it is never closed by itself",
  "requires": ["agenterm-tmux-sessions"] }
*/
WITH young AS (
  SELECT DISTINCT s.window_session AS name FROM session s WHERE s.window_id IS NULL AND s.created_at >= :now - :grace
), excused AS (
  -- A row comes before its tmux session: a young one without a row is only excused while some young row still waits for its own, under this name
  -- (which may have got a suffix, and been cut for it) or under none yet.
  SELECT DISTINCT w.source, w.scope, w.window_id
  FROM tmux_window w
  JOIN young y ON y.name IS NULL
               OR substr(w.session_name, 1, length(y.name)) = y.name
               OR (length(y.name) > 60 AND substr(w.session_name, 1, 60) = substr(y.name, 1, 60))
  WHERE w.created_at >= :now - :grace
), tmux_session AS (
  SELECT w.source, w.scope, w.session_name AS name, MIN(w.window_id) AS window_id
  FROM tmux_window w
  LEFT JOIN excused e ON e.source = w.source AND e.scope = w.scope AND e.window_id = w.window_id
  WHERE e.window_id IS NULL
  GROUP BY w.source, w.scope, w.session_name
), form AS (
  -- the name without the number or the hex digits that tell equal names apart
  SELECT t.name, t.name AS base FROM tmux_session t
  UNION ALL
  SELECT t.name, substr(t.name, 1, length(t.name) - 3) FROM tmux_session t
  WHERE length(t.name) > 3 AND substr(t.name, length(t.name) - 2, 1) = '-'
    AND ltrim(substr(t.name, length(t.name) - 1), '0123456789') = ''
  UNION ALL
  SELECT t.name, substr(t.name, 1, length(t.name) - 9) FROM tmux_session t
  WHERE length(t.name) > 9 AND substr(t.name, length(t.name) - 8, 1) = '-'
    AND ltrim(substr(t.name, length(t.name) - 7), '0123456789abcdef') = ''
), known_role AS (
  SELECT r.role FROM agenterm_role r WHERE r.role <> ''
  UNION SELECT 'coder' UNION SELECT 'reviewer' UNION SELECT 'planner' UNION SELECT 'tester' UNION SELECT 'builder'
  UNION SELECT 'architect' UNION SELECT 'researcher' UNION SELECT 'designer' UNION SELECT 'debugger'
  UNION SELECT 'documenter' UNION SELECT 'worker' UNION SELECT 'orchestrator'
), agent AS (
  -- <project>-<task>-<role>: two parts at least are left of the role
  SELECT DISTINCT f.name
  FROM form f
  JOIN known_role k ON substr(f.base, length(f.base) - length(k.role)) = '-' || k.role
  WHERE length(f.base) > length(k.role) + 3
    AND replace(ltrim(rtrim(substr(f.base, 1, length(f.base) - length(k.role) - 1), '-'), '-'), '-', '')
        <> ltrim(rtrim(substr(f.base, 1, length(f.base) - length(k.role) - 1), '-'), '-')
), claimed AS (
  SELECT DISTINCT t.name
  FROM session s
  JOIN tmux_session t ON t.name = s.window_session
)
SELECT t.source, t.scope, t.name AS id, t.window_id
FROM tmux_session t
JOIN agent a ON a.name = t.name
LEFT JOIN claimed c ON c.name = t.name
WHERE c.name IS NULL
