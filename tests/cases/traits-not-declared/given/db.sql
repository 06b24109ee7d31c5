-- Without a window and without a task is what this application calls normal.
INSERT INTO sessions VALUES ('5f0f5f0e7c4b4f1f9a3c2b1d0e9f8a7b', 'cleared-long-ago', 'pool', '', 'codex', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:00:00Z');
INSERT INTO sessions VALUES ('6a1b5f0e7c4b4f1f9a3c2b1d0e9f8a7b', NULL, 'pool', '', 'codex', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-28T10:00:00Z');
-- What is wrong anywhere is still found.
INSERT INTO sessions VALUES ('7b2c5f0e7c4b4f1f9a3c2b1d0e9f8a7b', NULL, 'pool', '', 'codex', 'coder', 'working', 0, '2026-02-28T09:00:00Z', '2026-02-27T10:00:00Z');
