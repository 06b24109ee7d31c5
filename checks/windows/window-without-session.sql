/*
{ "id": "window-without-session", "severity": "warning", "subject": "tmux_window",
  "title": "window of a session that no row claims",
  "message": "window '{id}' ({window_id} in tmux session '{session_name}') belongs to no recorded session",
  "why": "its row was deleted, or belongs to another machine or another store: what runs in the window is seen by nobody; absence here is no proof, so it is never closed by itself",
  "safety": "close ends what runs in the window, for good. It needs --irreversible, and is done only to a window that the profile knows as the application's, that nobody is attached to, that is not in the session we run in, and that is still the very same; never to the last window of a session",
  "requires": ["sessions-have-windows"],
  "identity": ["window_id"],
  "repairs": [
    {"name": "close", "applicability": "irreversible",
     "changes": [{"delete": "tmux_window", "key": {"window_id": "{window_id}", "window_name": "{id}"}}]} ] }
*/
SELECT w.source, w.scope, w.window_name AS id, w.window_id, MIN(w.session_name) AS session_name
FROM tmux_window w
LEFT JOIN (SELECT DISTINCT o.window_name
           FROM session s
           JOIN tmux_window o ON o.window_name = s.window_name
           WHERE o.owned = 1) c ON c.window_name = w.window_name
WHERE w.owned = 1
  AND c.window_name IS NULL
GROUP BY w.source, w.scope, w.window_name, w.window_id
