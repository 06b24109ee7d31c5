/*
{ "id": "tmux-server-absent", "severity": "error", "subject": "store",
  "title": "sessions are active but their tmux server is gone",
  "message": "tmux server at {location} is {status}; {sessions} [session is|sessions are] recorded as active in it",
  "why": "after a reboot or a crash of the server every window is gone at once: that is one cause, not one fault per session; it may also be the wrong socket",
  "requires": ["sessions-have-windows"] }
*/
SELECT t.source, t.scope, t.source AS id, t.location, t.status, n.sessions
FROM store t
CROSS JOIN (SELECT COUNT(*) AS sessions
            FROM session s
            WHERE s.runtime = 'tmux' AND s.state IN ('pending', 'active')
              AND s.window_id IS NOT NULL AND s.created_at < :now - :grace) n
WHERE t.status IN ('absent', 'dead')
  AND n.sessions > 0
