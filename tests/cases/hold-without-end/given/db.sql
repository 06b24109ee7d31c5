CREATE TABLE jobs (id TEXT PRIMARY KEY, status TEXT NOT NULL, waits_for TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
-- Queued for a day, and nothing excuses it.
INSERT INTO jobs VALUES ('j-stuck', 'queued', NULL, 1772280000000, 1772280000000);
-- Just as old, but it waits for a machine.
INSERT INTO jobs VALUES ('j-held', 'queued', 'machine', 1772280000000, 1772280000000);
-- Queued a minute ago.
INSERT INTO jobs VALUES ('j-young', 'queued', NULL, 1772366340000, 1772366340000);
INSERT INTO jobs VALUES ('j-done', 'done', NULL, 1772280000000, 1772280000000);
