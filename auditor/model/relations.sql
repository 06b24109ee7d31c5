-- The vocabulary: every relation that a profile can map and a check can read.
-- One CREATE TABLE per relation. The comment above a table and beside a column is its documentation;
-- `audit explain` and the manual print it. PRIMARY KEY marks the column that names a subject. CREATE INDEX
-- names the columns that checks join on; rows gathered from a store are indexed by them.
--
-- Common to all relations:
--   source  name of the configured store that the row comes from
--   scope   partition that the row belongs to (a project, an agent); '' where the store has no partitions
--   defect  what could not be read of this row; NULL when everything could
--
-- Times are integer milliseconds since 1970-01-01T00:00:00Z. Flags are 0 or 1.
-- States: draft, pending, active, waiting, suspended, ended, failed, skipped, unknown.
-- A status outside the application's vocabulary is 'unknown', never 'active'.

-- One conversation or agent run, as the store that owns it records it.
CREATE TABLE session (
  source         TEXT,
  scope          TEXT,
  defect         TEXT,
  id             TEXT PRIMARY KEY, -- the application's own id
  status         TEXT,    -- the application's own word
  state          TEXT,    -- the same in our words (see States above)
  kind           TEXT,    -- what sort of session the application says it is
  runtime        TEXT,    -- what carries it while it runs: tmux, pty, sandbox, ...
  origin         TEXT,    -- who or what made it
  task_id        TEXT,    -- task it works on
  workspace_id   TEXT,    -- workspace it runs in
  parent_id      TEXT,    -- session it was forked from or started by
  user_id        TEXT,    -- owner
  window_id      TEXT,    -- tmux window id that it recorded (@7); NULL: none recorded
  window_name    TEXT,    -- name that its window must have; NULL: not known
  window_session TEXT,    -- tmux session of its own; NULL: shares one
  attached       INTEGER, -- 1: a person has taken it over
  message_count  INTEGER, -- number of messages that the row claims
  created_at     INTEGER,
  updated_at     INTEGER, -- the row was last written
  active_at      INTEGER, -- the session was last seen alive
  ended_at       INTEGER,
  expires_at     INTEGER, -- the store drops the row by itself at this time
  event_count    INTEGER, -- number of events that are kept of it (relation event has each by itself); NULL: not known
  start_events   INTEGER, -- how many of them say that it started
  end_events     INTEGER, -- how many of them say that it ended
  first_event_at INTEGER,
  last_event_at  INTEGER,
  last_start_at  INTEGER, -- the newest of those that say that it started
  last_end_at    INTEGER, -- the newest of those that say that it ended
  events_expire_at INTEGER -- the store drops them by itself at this time
);
CREATE INDEX session_task ON session(task_id);
CREATE INDEX session_workspace ON session(workspace_id);
CREATE INDEX session_parent ON session(parent_id);
CREATE INDEX session_window ON session(window_id);
CREATE INDEX session_window_name ON session(window_name);
CREATE INDEX session_window_session ON session(window_session);

-- One message of a session. Order by (created_at, seq): milliseconds alone lose order.
CREATE TABLE message (
  source     TEXT,
  scope      TEXT,
  defect     TEXT,
  id         TEXT PRIMARY KEY,
  session_id TEXT,
  seq        INTEGER, -- the store's own order, or finer time
  role       TEXT,    -- user, assistant, system, tool, ...
  origin     TEXT,    -- who put it there, where that is not its role
  body       TEXT,    -- sensitive: may be compared, is never shown
  created_at INTEGER
);
CREATE INDEX message_session ON message(session_id);

-- A place on disk or in a sandbox that sessions work in.
CREATE TABLE workspace (
  source     TEXT,
  scope      TEXT,
  defect     TEXT,
  id         TEXT PRIMARY KEY,
  status     TEXT,
  state      TEXT,
  session_id TEXT, -- session that it is linked to
  task_id    TEXT, -- task that it was made for
  path       TEXT, -- directory on this machine
  created_at INTEGER,
  updated_at INTEGER
);
CREATE INDEX workspace_session ON workspace(session_id);
CREATE INDEX workspace_task ON workspace(task_id);
CREATE INDEX workspace_path ON workspace(path);

-- A unit of work that sessions are started for.
CREATE TABLE task (
  source       TEXT,
  scope        TEXT,
  defect       TEXT,
  id           TEXT PRIMARY KEY,
  status       TEXT,
  state        TEXT,
  kind         TEXT,
  session_id   TEXT,
  workspace_id TEXT,
  parent_id    TEXT,
  created_at   INTEGER,
  updated_at   INTEGER,
  ended_at     INTEGER  -- it reached its last status
);
CREATE INDEX task_session ON task(session_id);
CREATE INDEX task_workspace ON task(workspace_id);
CREATE INDEX task_parent ON task(parent_id);

-- One window of a tmux server, once for every tmux session that shows it.
CREATE TABLE tmux_window (
  source            TEXT,
  scope             TEXT,
  defect            TEXT,
  window_id         TEXT PRIMARY KEY, -- @7; numbering restarts at @0 with the server
  server_pid        INTEGER,
  server_started_at INTEGER, -- NULL: not known
  session_name      TEXT,
  window_name       TEXT,
  pane_pid          INTEGER, -- process of the active pane
  pane_dead         INTEGER, -- 1: every pane's process has ended
  command           TEXT,    -- command of the active pane
  path              TEXT,    -- current directory of the active pane
  created_at        INTEGER, -- creation of the tmux session that holds it
  active            INTEGER, -- 1: current window of its session
  attached          INTEGER, -- number of clients attached to its session
  own               INTEGER, -- 1: we run in this window
  owned             INTEGER  -- 1: the profile says that the application made it
);
CREATE INDEX tmux_window_id ON tmux_window(window_id);
CREATE INDEX tmux_window_name ON tmux_window(window_name);
CREATE INDEX tmux_window_session ON tmux_window(session_name);

-- One line of a session registry kept in files.
CREATE TABLE entry (
  source           TEXT,
  scope            TEXT,
  defect           TEXT,
  key              TEXT PRIMARY KEY, -- the registry's own key
  position         INTEGER, -- place among the entries of its document, from 0
  session_id       TEXT,
  named_session_id TEXT,    -- session id that the file name or key spells
  path             TEXT,    -- transcript that the entry names, relative to the source's root
  real_path        TEXT,    -- the same with symbolic links resolved
  own_path         TEXT,    -- path that the session id alone would give
  path_state       TEXT,    -- exists, missing, outside (of the root), none
  own_state        TEXT,    -- the same of own_path
  old_root         TEXT,    -- root that an absolute path still names although the directory moved
  has_run          INTEGER, -- 1: the entry shows that the session has run
  file_expected    INTEGER, -- 1: a transcript must exist
  kind             TEXT,
  message_count    INTEGER, -- number of messages that the entry claims
  updated_at       INTEGER,
  document         TEXT     -- registry that holds it
);
CREATE INDEX entry_session ON entry(session_id);
CREATE INDEX entry_path ON entry(path);
CREATE INDEX entry_real_path ON entry(real_path);
CREATE INDEX entry_own_path ON entry(own_path);

-- A session's file: one JSON document per line.
CREATE TABLE transcript (
  source      TEXT,
  scope       TEXT,
  defect      TEXT,
  path        TEXT PRIMARY KEY, -- relative to the source's root
  real_path   TEXT,
  kind        TEXT,    -- transcript, fork, archive, sidecar, ...
  name_id     TEXT,    -- session id that the file name spells
  header_id   TEXT,    -- session id that its first line spells
  claimed_key TEXT,    -- registry key that its contents or sidecars prove
  new_key     TEXT,    -- registry key under which it could be registered
  state       TEXT,    -- ok, empty, header-only, no-header, truncated, corrupt, nul-tail, unterminated
  messages    INTEGER,
  has_started INTEGER, -- 1: it holds at least one message
  first_at    INTEGER,
  last_at     INTEGER,
  size        INTEGER, -- bytes
  modified_at INTEGER,
  busy        INTEGER, -- 1: a live lock covers it
  header         TEXT,    -- its first line: ok, missing, cut
  tail           TEXT,    -- its end: ok, unterminated, cut, nul
  lines          INTEGER,
  bad_lines      INTEGER, -- lines that are not JSON, without a cut header or tail
  bad_line       INTEGER, -- the first of them, from 1
  broken_parents INTEGER, -- lines whose parent is not among the lines before
  keyed          INTEGER, -- 1: its contents show that it came through a registry key
  linked         INTEGER, -- 1: every message has an id of its own
  model          TEXT,    -- model that answered last
  model_provider TEXT,
  channel        TEXT,    -- channel that its claimed key names
  directory      TEXT     -- working directory that its header names
);
CREATE INDEX transcript_real_path ON transcript(real_path);
CREATE INDEX transcript_name ON transcript(name_id);
CREATE INDEX transcript_header ON transcript(header_id);
CREATE INDEX transcript_claimed ON transcript(claimed_key);

-- A defective line of a transcript. Good lines are not listed.
CREATE TABLE transcript_line (
  source    TEXT,
  scope     TEXT,
  defect    TEXT, -- what is wrong with the line
  path      TEXT PRIMARY KEY,
  real_path TEXT,
  line      INTEGER, -- from 1
  "offset"  INTEGER, -- bytes from the start of the file
  length    INTEGER, -- bytes
  header_id TEXT,    -- of a header that is put before the others: the session id
  at        INTEGER, -- of such a header
  directory TEXT     -- of such a header: working directory
);
CREATE INDEX transcript_line_real_path ON transcript_line(real_path);

-- Something that the application recorded as having happened to a session.
CREATE TABLE event (
  source           TEXT,
  scope            TEXT,
  defect           TEXT,
  id               TEXT PRIMARY KEY,
  session_id       TEXT, -- session that the place where it is stored belongs to
  named_session_id TEXT, -- session that the event itself names
  seq              INTEGER,
  type             TEXT,
  origin           TEXT,
  at               INTEGER
);
CREATE INDEX event_session ON event(session_id);

-- Any other place that names a session id.
CREATE TABLE session_ref (
  source        TEXT,
  scope         TEXT,
  defect        TEXT,
  session_id    TEXT PRIMARY KEY,
  path          TEXT, -- file that the reference names, where it names one
  from_relation TEXT, -- relation, or table, that holds the reference
  from_id       TEXT, -- row that holds it
  from_column   TEXT,
  role          TEXT  -- needs, log, file, own, checkpoint, deleted, billed
);
CREATE INDEX session_ref_session ON session_ref(session_id);
CREATE INDEX session_ref_path ON session_ref(path);

-- The stores themselves, one row per source and scope. Readable also when the store could not be read.
CREATE TABLE store (
  source     TEXT,
  scope      TEXT,
  defect     TEXT,
  location   TEXT PRIMARY KEY, -- file, socket or address, without secrets
  status     TEXT,    -- ok, absent (not there), dead (was there), unknown (cannot tell)
  detail     TEXT,    -- why it is not ok
  started_at INTEGER  -- when the server behind it started; NULL: not a server
);

-- A document that holds entries.
CREATE TABLE registry (
  source      TEXT,
  scope       TEXT,
  defect      TEXT,
  path        TEXT PRIMARY KEY,
  status      TEXT,    -- ok, absent, empty, unparseable, unreadable, outside (of the root)
  format      TEXT,    -- json, json5
  entries     INTEGER,
  transcripts INTEGER, -- transcripts in the same place
  good_temp   TEXT,    -- temporary copy beside it that does parse
  modified_at INTEGER
);

-- A lock file.
CREATE TABLE lock (
  source         TEXT,
  scope          TEXT,
  defect         TEXT,
  path           TEXT PRIMARY KEY,
  target         TEXT, -- what it protects
  pid            INTEGER,
  pid_started_at INTEGER,
  taken_at       INTEGER,
  modified_at    INTEGER,
  owner          TEXT  -- alive, dead, recycled (the pid belongs to a younger process), unknown
);
CREATE INDEX lock_target ON lock(target);

-- A file or directory that something else names.
CREATE TABLE file (
  source      TEXT,
  scope       TEXT,
  defect      TEXT,
  path        TEXT PRIMARY KEY, -- as it is named where the name comes from
  real_path   TEXT,
  kind        TEXT,    -- file, directory, symlink, other, missing, unknown (cannot tell)
  role        TEXT,    -- what the application keeps it for: temporary, archive, database, ...
  size        INTEGER, -- bytes
  modified_at INTEGER
);
CREATE INDEX file_path ON file(path);

-- Who sessions belong to: a user, or an organisation of users.
CREATE TABLE owner (
  source     TEXT,
  scope      TEXT,
  defect     TEXT,
  id         TEXT PRIMARY KEY,
  kind       TEXT, -- user, organisation
  created_at INTEGER
);
CREATE INDEX owner_id ON owner(id);

-- A row that something excuses: asleep with a snapshot, waiting for capacity, being woken.
CREATE TABLE hold (
  source   TEXT,
  scope    TEXT,
  defect   TEXT,
  relation TEXT, -- relation of the excused row
  id       TEXT PRIMARY KEY, -- its key
  reason   TEXT,
  "until"  INTEGER -- the excuse ends; NULL: open
);
CREATE INDEX hold_id ON hold(id);
