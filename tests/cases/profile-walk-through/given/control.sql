CREATE TABLE tasks (id TEXT PRIMARY KEY, project_id TEXT NOT NULL, status TEXT NOT NULL, workspace_id TEXT, admission_state TEXT, created_at TEXT NOT NULL);
CREATE INDEX tasks_project ON tasks(project_id);
INSERT INTO tasks VALUES ('t-1', 'p1', 'in_progress', 'w-1', NULL, '2026-03-01T09:00:00.000Z');
-- No session; t-4 waits for a machine, t-6 is a minute old, the project of t-7 has no file.
INSERT INTO tasks VALUES ('t-2', 'p1', 'in_progress', NULL, NULL, '2026-03-01T09:00:00.000Z');
INSERT INTO tasks VALUES ('t-3', 'p1', 'in_progress', NULL, NULL, '2026-03-01 09:00:00');
INSERT INTO tasks VALUES ('t-4', 'p1', 'queued', NULL, 'waiting_for_capacity', '2026-03-01T06:00:00.000Z');
INSERT INTO tasks VALUES ('t-5', 'p2', 'completed', NULL, NULL, '2026-03-01T09:00:00.000Z');
INSERT INTO tasks VALUES ('t-6', 'p2', 'queued', NULL, NULL, '2026-03-01T11:59:00.000Z');
INSERT INTO tasks VALUES ('t-7', 'p3', 'in_progress', NULL, NULL, '2026-03-01T09:00:00.000Z');
