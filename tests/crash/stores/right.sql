PRAGMA journal_mode = WAL;
CREATE TABLE tasks (id TEXT PRIMARY KEY, status TEXT NOT NULL, session_id TEXT, weight REAL);
CREATE TABLE events (id TEXT PRIMARY KEY, session_id TEXT, kind TEXT NOT NULL) WITHOUT ROWID;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
INSERT INTO tasks (rowid, id, status, session_id, weight) SELECT i * 7, 't-' || i, 'running', 's-' || i, i / 3.0 FROM n;
INSERT INTO events SELECT 'started s-' || i.rowid, session_id, 'started' FROM tasks i;
