CREATE TABLE chats (id TEXT PRIMARY KEY, phase TEXT NOT NULL, created INTEGER NOT NULL);
CREATE TABLE waits (chat_id TEXT PRIMARY KEY, reason TEXT NOT NULL, until INTEGER);

-- now is 1772366400; the limit of this application is one hour
INSERT INTO chats VALUES ('stuck', 'starting', 1772366400 - 3601);
-- healthy: exactly an hour
INSERT INTO chats VALUES ('slow', 'starting', 1772366400 - 3600);
-- healthy: another state
INSERT INTO chats VALUES ('ready', 'ready', 1772366400 - 86400);
INSERT INTO chats VALUES ('closed', 'closed', 1772366400 - 86400);
-- healthy: it waits for capacity
INSERT INTO chats VALUES ('held', 'starting', 1772366400 - 86400);
INSERT INTO waits VALUES ('held', 'waiting for capacity', NULL);
INSERT INTO chats VALUES ('held-until', 'starting', 1772366400 - 86400);
INSERT INTO waits VALUES ('held-until', 'waiting for capacity', 1772366400 + 60);
-- fault: the excuse has ended
INSERT INTO chats VALUES ('held-too-long', 'starting', 1772366400 - 86400);
INSERT INTO waits VALUES ('held-too-long', 'waiting for capacity', 1772366400 - 60);
