INSERT INTO chat_sessions (id, started_at, created_at, updated_at) VALUES ('s-nameless', 1772280000000, 1772280000000, 1772280000000);
