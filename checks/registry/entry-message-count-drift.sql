/*
{ "id": "entry-message-count-drift", "severity": "warning", "subject": "entry",
  "title": "an entry counts other messages than its transcript holds",
  "message": "entry {key} says {message_count} [message|messages], its transcript holds {messages}",
  "why": "entry and transcript are written one after the other; a crash in between leaves the count behind, and whatever is shown or billed by it is wrong",
  "safety": "recount sets the number that the transcript holds",
  "repairs": [
    {"name": "recount", "applicability": "safe",
     "changes": [{"update": "entry", "key": {"key": "{key}", "document": "{document}"}, "set": {"message_count": "{messages}"}}]} ] }
*/
SELECT e.source, e.scope, e.key, e.session_id, t.path, e.message_count, t.messages, e.document
FROM entry e
JOIN transcript t ON t.real_path = e.real_path
WHERE e.message_count <> t.messages
  AND t.modified_at < :now - :grace
