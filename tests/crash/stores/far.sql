CREATE TABLE workspaces (id text PRIMARY KEY, status text NOT NULL, session_id text, made timestamptz NOT NULL DEFAULT now());
INSERT INTO workspaces (id, status, session_id) SELECT 'w-' || i, 'open', 's-' || i FROM generate_series(1, 40) i;
