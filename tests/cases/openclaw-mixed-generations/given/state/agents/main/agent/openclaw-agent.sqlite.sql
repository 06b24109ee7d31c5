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
INSERT INTO session_nodes VALUES ('agent:main:main', '00000001-1111-4222-8333-000000000001', '{"sessionId": "00000001-1111-4222-8333-000000000001", "updatedAt": 1772107200000}', 1, 1772107200000, 'done');
INSERT INTO session_windows VALUES ('00000001-1111-4222-8333-000000000001', 'agent:main:main', NULL, 'initial', 1772107200000, 1772107200000);
INSERT INTO transcript_events VALUES ('00000001-1111-4222-8333-000000000001', 0, '{"type": "session", "version": 3, "id": "00000001-1111-4222-8333-000000000001", "timestamp": "2026-02-26T10:00:00.000Z", "cwd": "/srv/agent"}', 1772107200000, NULL);
INSERT INTO transcript_events VALUES ('00000001-1111-4222-8333-000000000001', 1, '{"type": "message", "id": "00000001", "parentId": null, "timestamp": "2026-02-26T10:01:00.000Z", "message": {"role": "user", "content": [{"type": "text", "text": "hello"}]}}', 1772107200000, NULL);
INSERT INTO transcript_events VALUES ('00000001-1111-4222-8333-000000000001', 2, '{"type": "message", "id": "00000002", "parentId": "00000001", "timestamp": "2026-02-26T10:02:00.000Z", "message": {"role": "assistant", "content": [{"type": "text", "text": "good day"}]}}', 1772107200000, NULL);
INSERT INTO transcript_events VALUES ('00000001-1111-4222-8333-000000000001', 3, '{"type": "message", "id": "00000003", "parentId": "00000002", "timestamp": "2026-02-26T10:03:00.000Z", "message": {"role": "user", "content": [{"type": "text", "text": "thanks"}]}}', 1772107200000, NULL);
INSERT INTO transcript_events VALUES ('00000001-1111-4222-8333-000000000001', 4, '{"type": "message", "id": "00000004", "parentId": "00000003", "timestamp": "2026-02-26T10:04:00.000Z", "message": {"role": "assistant", "content": [{"type": "text", "text": "welcome"}]}}', 1772107200000, NULL);
