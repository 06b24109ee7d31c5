-- Chat sessions and messages as an application keeps them in PostgreSQL: :rows sessions, ten messages each, which arrive interleaved; ids are
-- uuids in random order, kept as text. By the remainder of a session's number by 1000:
--   7 no messages   11 the last answer is missing   13 the first question is missing   17 not touched by its messages
--   19 younger than its first message   23 counts one too many   29 its user is gone
CREATE TABLE users (id varchar PRIMARY KEY);
CREATE TABLE sessions (
  id varchar NOT NULL,
  user_id varchar NOT NULL,
  name varchar,
  message_count integer NOT NULL,
  created_at timestamp without time zone,
  updated_at timestamp without time zone
);
CREATE TABLE messages (
  id varchar NOT NULL,
  session_id varchar NOT NULL,
  role varchar NOT NULL,
  content text NOT NULL,
  created_at timestamp without time zone NOT NULL
);

INSERT INTO users SELECT 'user_' || i FROM generate_series(0, 9999) i;

INSERT INTO sessions
SELECT md5('s' || i)::uuid::text, CASE WHEN i % 1000 = 29 THEN 'gone_' || i ELSE 'user_' || i % 10000 END, 'New Chat',
       CASE i % 1000 WHEN 7 THEN 0 WHEN 11 THEN 9 WHEN 13 THEN 9 WHEN 23 THEN 11 ELSE 10 END,
       t + CASE WHEN i % 1000 = 19 THEN interval '2 hours' ELSE interval '0' END,
       t + CASE WHEN i % 1000 = 17 THEN interval '0' ELSE interval '1 hour' END
FROM (SELECT i, timestamp '2026-01-01' + (i::bigint * 7919 % 4000000) * interval '1 second' AS t FROM generate_series(0, :rows - 1) i) n;

INSERT INTO messages
SELECT md5('m' || j)::uuid::text, md5('s' || i)::uuid::text, CASE k % 2 WHEN 0 THEN 'user' ELSE 'assistant' END,
       'message ' || j || ' says something of no great length',
       timestamp '2026-01-01' + (i::bigint * 7919 % 4000000) * interval '1 second' + (k + 1) * interval '61.000123 seconds'
FROM (SELECT j, j % :rows AS i, j / :rows AS k FROM generate_series(0, :rows * 10 - 1) j) n
WHERE i % 1000 <> 7 AND NOT (i % 1000 = 11 AND k = 9) AND NOT (i % 1000 = 13 AND k = 0);

-- Messages of sessions that are gone, ten each.
INSERT INTO messages
SELECT md5('o' || j)::uuid::text, md5('g' || j / 10)::uuid::text, 'user', 'left behind', timestamp '2026-01-05'
FROM generate_series(0, :rows / 200 - 1) j;

ALTER TABLE sessions ADD PRIMARY KEY (id);
ALTER TABLE messages ADD PRIMARY KEY (id);
CREATE INDEX ix_sessions_user ON sessions (user_id);
CREATE INDEX ix_messages_session_created ON messages (session_id, created_at);
CREATE INDEX ix_messages_session ON messages (session_id);
VACUUM (ANALYZE) users;
VACUUM (ANALYZE) sessions;
VACUUM (ANALYZE) messages;
