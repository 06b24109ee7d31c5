/*
{ "id": "terminal-id-mismatch", "severity": "error", "subject": "session",
  "title": "session's terminal does not carry the session's id",
  "message": "session {id} is {status} with terminal '{terminal_name}' and window '{window_id}'; both should be its id",
  "why": "terminals are found by the session's id; this session's is never found again, neither for commands nor to resume it",
  "safety": "relink writes the session's own id, the only terminal it can have",
  "requires": ["agenterm-terminals"],
  "repairs": [
    {"name": "relink", "applicability": "safe",
     "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"window_id": "{id}", "terminal_name": "{id}"}}]} ] }
*/
SELECT s.source, s.scope, s.id, s.status, s.terminal_name, s.window_id
FROM session s
WHERE s.runtime = 'pty'
  AND s.state <> 'ended' AND s.state <> 'failed'
  AND s.window_id IS NOT NULL
  AND (s.window_id <> s.id OR s.terminal_name <> s.id)
  AND COALESCE(s.created_at, 0) < :now - :grace
