CREATE TABLE do_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE chat_sessions (id TEXT PRIMARY KEY, task_id TEXT, status TEXT NOT NULL, message_count INTEGER NOT NULL, created_at INTEGER NOT NULL);
CREATE TABLE chat_messages (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, created_at INTEGER NOT NULL);
CREATE INDEX chat_messages_session ON chat_messages(session_id);
