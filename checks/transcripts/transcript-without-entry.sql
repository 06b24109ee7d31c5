/*
{ "id": "transcript-without-entry", "severity": "error", "subject": "transcript",
  "title": "a conversation that the registry does not know",
  "message": "{path} holds {messages} [message|messages] until {last_at}, and no entry leads to it",
  "why": "the transcript was written and the entry was not, or the entry was lost; the session disappears with the next restart although nothing of it is missing. History of a key that was started anew, runs of cron and copies are not meant",
  "safety": "register adds an entry of its own for the transcript, with what the transcript says of itself and nothing made up; neither the file nor any other entry changes",
  "requires": ["transcripts-need-entries"],
  "repairs": [
    {"name": "register", "applicability": "safe",
     "changes": [{"insert": "entry", "set": {"key": "{key}", "session_id": "{session_id}", "path": "{path}", "updated_at": "{updated_at}", "document": "{document}"}}]} ] }
*/
SELECT t.source, t.scope, t.path, t.name_id AS session_id, t.messages, t.first_at, t.last_at,
       COALESCE(t.claimed_key, t.new_key) AS key, t.modified_at + 1 AS updated_at, t.model, t.model_provider, t.channel,
       (SELECT MIN(g.path) FROM registry g WHERE (g.scope = t.scope OR g.scope = '') AND g.status = 'ok') AS document
FROM transcript t
WHERE t.kind IN ('transcript', 'fork')
  AND t.has_started = 1
  AND t.modified_at < :now - :grace
  AND t.busy = 0
  AND t.keyed = 0
  AND NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.path = t.real_path)
  AND NOT EXISTS (SELECT 1 FROM session_ref r WHERE r.session_id = t.name_id AND r.role = 'log')
  AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.key = t.claimed_key)
  AND NOT EXISTS (SELECT 1 FROM registry g WHERE (g.scope = t.scope OR g.scope = '') AND g.status <> 'ok')
  AND NOT EXISTS (
    SELECT 1 FROM transcript o
    WHERE o.header_id = t.header_id AND o.name_id = t.header_id AND o.path <> t.path AND t.name_id <> t.header_id)
