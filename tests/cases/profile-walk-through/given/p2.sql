INSERT INTO do_meta VALUES ('projectId', 'p2');
INSERT INTO chat_sessions VALUES ('s-5', 't-5', 'stopped', 3, 1772355600000);
INSERT INTO chat_messages VALUES ('m-1', 's-5', 1772355700000);
