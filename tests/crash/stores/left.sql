PRAGMA journal_mode = DELETE;
CREATE TABLE sessions (id TEXT PRIMARY KEY, status TEXT NOT NULL, task_id TEXT, messages INTEGER NOT NULL DEFAULT 0);
CREATE TABLE messages (id INTEGER PRIMARY KEY, session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE, body BLOB);
CREATE INDEX messages_session ON messages(session_id);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
INSERT INTO sessions (rowid, id, status, task_id, messages) SELECT i * 3, 's-' || i, CASE WHEN i % 10 = 5 THEN 'lost' ELSE 'active' END, 't-' || i, 2 FROM n;
INSERT INTO messages (id, session_id, body)
SELECT s.rowid * 10 + m.i, s.id, CASE m.i WHEN 1 THEN CAST(x'00ff41' AS BLOB) ELSE 'message of ' || s.id || hex(zeroblob(40)) END
FROM sessions s, (SELECT 1 AS i UNION ALL SELECT 2) m;
