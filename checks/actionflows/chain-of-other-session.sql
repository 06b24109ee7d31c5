/*
{ "id": "chain-of-other-session", "severity": "error", "subject": "actionflows_chain_list",
  "title": "among a session's chains is one of another session",
  "message": "the chains of session {id} hold one of session {other_session_id}",
  "why": "the list of the one shows the work of the other, which lacks it",
  "requires": ["actionflows"] }
*/
SELECT c.source, c.scope, c.id, c.other_session_id
FROM actionflows_chain_list c
WHERE c.other_session_id IS NOT NULL
