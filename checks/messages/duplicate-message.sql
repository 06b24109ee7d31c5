/*
{ "id": "duplicate-message", "severity": "error", "subject": "session",
  "title": "the same message is stored twice",
  "message": "session {id} holds message {original_id} again as {message_id}",
  "why": "a delivery was repeated after its answer got lost and nothing recognized the repetition; the model reads, and the person sees, everything twice",
  "safety": "delete-copy removes the later copy and keeps the first one (undoable)",
  "requires": ["messages-are-unique"],
  "params": {"window": "10s"},
  "repairs": [
    {"name": "delete-copy", "applicability": "unsafe",
     "changes": [{"delete": "message", "key": {"id": "{message_id}"}}]} ] }
*/
SELECT m.source, m.scope, m.session_id AS id, m.id AS message_id, o.id AS original_id, m.created_at
FROM (SELECT DISTINCT t.scope, t.session_id FROM message t WHERE t.role = 'user' AND t.body <> ''
      GROUP BY t.scope, t.session_id, t.body HAVING COUNT(*) > 1) d
JOIN message o ON o.scope = d.scope AND o.session_id = d.session_id
JOIN message m
  ON m.scope = o.scope AND m.session_id = o.session_id AND m.body = o.body
 AND m.created_at >= o.created_at AND m.created_at <= o.created_at + :window
WHERE o.role = 'user' AND m.role = 'user' AND o.body <> ''
  AND (m.created_at > o.created_at OR COALESCE(m.seq, 0) > COALESCE(o.seq, 0)
       OR (COALESCE(m.seq, 0) = COALESCE(o.seq, 0) AND m.id > o.id))
  AND m.created_at < :now - :grace
  AND NOT EXISTS (
    SELECT 1 FROM message n
    WHERE n.scope = m.scope AND n.session_id = m.session_id AND n.body = m.body AND n.role = 'user'
      AND n.created_at >= o.created_at AND n.created_at <= m.created_at
      AND (n.created_at > o.created_at OR COALESCE(n.seq, 0) > COALESCE(o.seq, 0)
           OR (COALESCE(n.seq, 0) = COALESCE(o.seq, 0) AND n.id > o.id))
      AND (n.created_at < m.created_at OR COALESCE(n.seq, 0) < COALESCE(m.seq, 0)
           OR (COALESCE(n.seq, 0) = COALESCE(m.seq, 0) AND n.id < m.id)))
