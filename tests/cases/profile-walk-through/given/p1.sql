-- This project's file has been upgraded: its messages have a sequence.
ALTER TABLE chat_messages ADD COLUMN sequence INTEGER;
INSERT INTO do_meta VALUES ('projectId', 'p1');
INSERT INTO chat_sessions VALUES ('s-1', 't-1', 'active', 1, 1772355600000), ('s-3', 't-3', 'active', 0, 1772355600000), ('s-4', 't-3', 'stopped', 0, 1772355660000);
INSERT INTO chat_messages VALUES ('m-1', 's-1', 1772355700000, 1);
