PRAGMA user_version = 23;
CREATE TABLE schema_meta (meta_key TEXT PRIMARY KEY, role TEXT NOT NULL, schema_version INTEGER NOT NULL) STRICT;
INSERT INTO schema_meta VALUES ('primary', 'agent', 23);
CREATE TABLE session_nodes (session_key TEXT PRIMARY KEY NOT NULL, current_session_id TEXT NOT NULL, entry_json TEXT NOT NULL,
  entry_valid INTEGER NOT NULL DEFAULT 0, updated_at INTEGER NOT NULL, status TEXT) STRICT;
CREATE TABLE session_windows (session_id TEXT PRIMARY KEY NOT NULL, session_key TEXT NOT NULL REFERENCES session_nodes(session_key) ON DELETE CASCADE,
  previous_session_id TEXT, reason TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
CREATE TABLE transcript_events (session_id TEXT NOT NULL, seq INTEGER NOT NULL, event_json TEXT, created_at INTEGER NOT NULL, event_zstd BLOB,
  PRIMARY KEY (session_id, seq)) STRICT;
CREATE TABLE session_transcript_cold_archives (session_id TEXT PRIMARY KEY NOT NULL, archive_name TEXT NOT NULL UNIQUE, storage TEXT NOT NULL,
  archived_at INTEGER NOT NULL, archive_blob BLOB) STRICT;
INSERT INTO session_nodes VALUES ('agent:main:nowin', '00000006-1111-4222-8333-000000000006', '{"sessionId": "00000006-1111-4222-8333-000000000006", "updatedAt": 1772107200000}', 1, 1772107200000, 'done');
