-- Sessions and their messages, as chat applications keep them: @ROWS@ sessions, ten times as many messages, which arrive
-- interleaved. Mostly healthy. @uuid(n) is the n-th id in a fixed random order, @rand(n) a number below 2^32.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  parent_id TEXT,
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  message_count INTEGER NOT NULL,
  created_at INTEGER NOT NULL,  -- ms
  updated_at INTEGER NOT NULL
);
CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  role TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

INSERT INTO sessions
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @ROWS@ - 1)
SELECT @uuid(i),
       CASE WHEN i % 2000 = 4 THEN @uuid(2000000000 + i) WHEN i % 10 = 0 THEN @uuid(i / 2) END,  -- 4: its parent is gone
       'chat about ' || i, 'active',
       -- 7 has no messages, 8 has those of 7 as well, 9 counts one too many, 500 holds one twice.
       CASE i % 1000 WHEN 7 THEN 0 WHEN 8 THEN 20 WHEN 9 THEN 11 WHEN 500 THEN 11 ELSE 10 END,
       @NOW_MS@ - 1000000000 - @rand(i) % 1000000000 * 7,
       @NOW_MS@ - 700000 - @rand(i) % 200000000
FROM n;

INSERT INTO messages
WITH RECURSIVE n(j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM n WHERE j < @ROWS@ * 10 - 1)
SELECT @uuid(j), @uuid(j % @ROWS@ + (j % 1000 = 7)),
       j / @ROWS@ + CASE j % 1000 WHEN 7 THEN 10 ELSE 0 END,
       CASE j / @ROWS@ % 2 WHEN 0 THEN 'user' ELSE 'assistant' END, 'message ' || j || ' says something of no great length',
       @NOW_MS@ - 900000000 + j / @ROWS@ * 1000
FROM n;

-- The same place in the session twice.
INSERT INTO messages
WITH RECURSIVE n(j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM n WHERE j < @ROWS@ / 1000 - 1)
SELECT @uuid(1000000000 + j), @uuid(j * 1000 + 500), 3, 'assistant', 'once more', @NOW_MS@ - 800000000 FROM n;

-- Messages of sessions that are gone, ten each.
INSERT INTO messages
WITH RECURSIVE n(j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM n WHERE j < @ROWS@ / 200 - 1)
SELECT @uuid(1100000000 + j), @uuid(2100000000 + j / 10), j % 10, 'user', 'left behind', @NOW_MS@ - 800000000 FROM n;

CREATE INDEX messages_session ON messages(session_id, seq);
CREATE INDEX sessions_parent ON sessions(parent_id);
