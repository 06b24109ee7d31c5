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
SELECT d.source, d.scope, d.session_id AS id, d.id AS message_id, d.original_id, d.created_at
FROM (SELECT m.source, m.scope, m.session_id, m.id, m.created_at,
             LAG(m.id) OVER (PARTITION BY m.scope, m.session_id, m.body ORDER BY m.created_at, m.seq, m.id) AS original_id,
             LAG(m.created_at) OVER (PARTITION BY m.scope, m.session_id, m.body ORDER BY m.created_at, m.seq, m.id) AS original_at
      FROM message m
      WHERE m.role = 'user' AND m.body <> '') d
WHERE d.created_at - d.original_at <= :window
  AND d.created_at < :now - :grace
