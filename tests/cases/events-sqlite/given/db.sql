CREATE TABLE chat_sessions (id TEXT PRIMARY KEY, status TEXT, created_at INTEGER, ended_at INTEGER, expires_at INTEGER);
CREATE TABLE activity_events (id TEXT PRIMARY KEY, event_type TEXT NOT NULL, session_id TEXT, named_session_id TEXT, created_at INTEGER NOT NULL, expires_at INTEGER);
CREATE INDEX events_session ON activity_events(session_id);
-- now is 2026-03-01T12:00:00Z = 1772366400000
INSERT INTO chat_sessions VALUES
  ('never-announced', 'starting', 1772360000000, NULL, 1772450000000),
  ('announced',       'active',   1772360000000, NULL, 1772450000000),
  ('just-created',    'starting', 1772366380000, NULL, 1772450000000),
  ('end-not-told',    'stopped',  1772350000000, 1772351000000, 1772450000000),
  ('ended-well',      'stopped',  1772350000000, 1772351000000, 1772450000000),
  ('works-on',        'stopped',  1772350000000, 1772351000000, 1772450000000),
  ('resumed',         'stopped',  1772350000000, 1772351000000, 1772450000000),
  ('too-early',       'active',   1772360000000, NULL, 1772450000000),
  ('a-little-early',  'active',   1772360000000, NULL, 1772450000000),
  ('expires-first',   'active',   1772300000000, NULL, 1772368000000),
  ('expires-with-it', 'active',   1772300000000, NULL, 1772368000000),
  ('expires-later',   'active',   1772300000000, NULL, 1772390000000),
  ('ended-expires',   'stopped',  1772350000000, 1772351000000, 1772368000000),
  ('for-ever',        'active',   1772360000000, NULL, NULL);
INSERT INTO activity_events VALUES
  ('e1', 'session:started', 'announced', 'announced', 1772360000500, 1772450000000),
  ('e2', 'session:started', 'end-not-told', 'end-not-told', 1772350000500, 1772450000000),
  ('e3', 'session:started', 'ended-well', 'ended-well', 1772350000500, 1772450000000),
  ('e4', 'session:ended', 'ended-well', 'ended-well', 1772351000000, 1772450000000),
  ('e5', 'session:started', 'works-on', 'works-on', 1772350000500, 1772450000000),
  ('e6', 'session:ended', 'works-on', 'works-on', 1772351000000, 1772450000000),
  ('e7', 'step', 'works-on', 'works-on', 1772360000000, 1772450000000),
  ('e8', 'session:started', 'resumed', 'resumed', 1772350000500, 1772450000000),
  ('e9', 'session:ended', 'resumed', 'resumed', 1772351000000, 1772450000000),
  ('f1', 'session:started', 'resumed', 'resumed', 1772360000000, 1772450000000),
  ('f2', 'step', 'resumed', 'resumed', 1772360001000, 1772450000000),
  ('f3', 'session:started', 'too-early', 'too-early', 1772350000000, 1772450000000),
  ('f4', 'session:started', 'a-little-early', 'a-little-early', 1772359990000, 1772450000000),
  ('f5', 'session:started', 'expires-first', 'expires-first', 1772300000500, 1772390000000),
  ('f6', 'session:started', 'expires-with-it', 'expires-with-it', 1772300000500, 1772369000000),
  ('f7', 'session:started', 'expires-later', 'expires-later', 1772300000500, 1772450000000),
  ('f8', 'session:started', 'ended-expires', 'ended-expires', 1772350000500, 1772450000000),
  ('f9', 'session:ended', 'ended-expires', 'ended-expires', 1772351000000, 1772450000000),
  ('g1', 'session:started', 'for-ever', 'for-ever', 1772360000500, 1772450000000);
