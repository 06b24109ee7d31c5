/*
{ "id": "orphan-chain", "severity": "warning", "subject": "actionflows_leftover",
  "title": "chain of a session that does not exist",
  "message": "chain {id} belongs to session {session_id}, which does not exist",
  "why": "deleting a session removes the list of its chains, not the chains themselves; each stays until it expires",
  "safety": "remove deletes the chain with its steps and results",
  "requires": ["actionflows"],
  "repairs": [
    {"name": "remove", "applicability": "unsafe",
     "changes": [{"delete": "actionflows_leftover", "key": {"id": "{id}", "kind": "chain"}}]} ] }
*/
SELECT l.source, l.scope, l.id, l.session_id, l.last_at
FROM actionflows_leftover l
WHERE l.kind = 'chain'
  -- Ids of this form are made by the dashboard; others may belong to sessions that are stored nowhere.
  AND substr(l.session_id, 1, 8) = 'session-'
  AND ltrim(substr(l.session_id, 9, 13), '0123456789') = ''
  AND substr(l.session_id, 22, 1) = '-'
  AND length(l.session_id) > 22
  AND ltrim(substr(l.session_id, 23), '0123456789abcdefghijklmnopqrstuvwxyz') = ''
  AND COALESCE(l.last_at, 0) < :now - :grace
