#!/usr/bin/env bash
# PostgreSQL as it fails and as it is used: connections, rights, timeouts, restarts, ^C, a live writer, rows that travel to the server.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
work=$(mktemp -d)
chmod 711 "$work"
server="$work/server"
trap '"$AUDIT_SOURCE_DIR/tests/postgres" stop "$server"; rm -rf "$work"' EXIT
unset DATABASE_URL ENVIRONMENT PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD PGSERVICE PGOPTIONS
export HOME="$work/home" LC_ALL=C.UTF-8
mkdir -p "$HOME"
cd "$work" || exit 1
failures=0

fail() { echo "FAIL: $*"; sed 's/^/  out: /' out; sed 's/^/  err: /' err; failures=$((failures + 1)); }
# expect CODE ARGUMENT... : runs audit; out and err keep what it wrote.
expect() {
  local code=$1; shift
  timeout 60 "$AUDIT" "$@" >out 2>err </dev/null
  local got=$?
  [ "$got" -eq "$code" ] || fail "audit $*: exit $got, expected $code"
}
says() { grep -qF -- "$2" "$1" || fail "$1 does not say: $2"; }
hides() { ! grep -qF -- "$2" "$1" || fail "$1 shows: $2"; }
sql() { psql -qXAt -v ON_ERROR_STOP=1 "$url" "$@" >sql.out 2>&1 || { cat sql.out; echo "FAIL: psql"; failures=$((failures + 1)); }; cat sql.out; }

url=$("$AUDIT_SOURCE_DIR/tests/postgres" start "$server") || exit 1
now=(--now 2026-03-01T12:00:00Z --no-progress)
isol8=(--profile isol8 "${now[@]}")

# --- connections
sql -f "$AUDIT_SOURCE_DIR/tests/schemas/isol8-head.sql"
sql -c "INSERT INTO users(id, has_encryption_keys) VALUES ('ann', true);
        INSERT INTO sessions(id, user_id, name, created_at, updated_at)
        VALUES ('11111111-1111-4111-8111-111111111111', 'ann', 'New Chat', '2026-02-27 09:00', '2026-02-27 09:00')"
expect 1 "${isol8[@]}" --set "db.url=$url"; says out empty-session
expect 1 "${isol8[@]}" --set "db.url=postgresql+asyncpg://audit@/postgres?host=$server&ssl=prefer"; says out empty-session
DATABASE_URL="postgres://audit@/postgres?host=$server" expect 1 "${isol8[@]}"
printf '[mine]\nhost=%s\nuser=audit\ndbname=postgres\n' "$server" >services
PGSERVICEFILE="$work/services" expect 1 "${isol8[@]}" --set db.url=service=mine; says out "service=mine"
PGHOST="$server" PGUSER=audit PGDATABASE=postgres expect 1 "${isol8[@]}" --set db.url= ; says out empty-session
expect 3 "${isol8[@]}" --set "db.url=host=$server user=locked dbname=postgres password=sWordFish-77" --log-level debug
says out "password authentication failed"; says out PGPASSFILE; hides out sWordFish-77; hides err sWordFish-77
expect 3 "${isol8[@]}" --set "db.url=postgresql://locked:sWordFish-77@/postgres?host=$server" --format json --log-level debug
hides out sWordFish-77; hides err sWordFish-77
expect 2 "${isol8[@]}" --set "db.url=host=x password=two words sWordFish-77"; hides err sWordFish-77; says err "no connection string"
printf '*:*:*:locked:open sesame\n' >pass && chmod 600 pass
sql -c "GRANT SELECT ON ALL TABLES IN SCHEMA public TO locked"
PGPASSFILE="$work/pass" expect 1 "${isol8[@]}" --set "db.url=host=$server user=locked dbname=postgres"; says out empty-session
expect 3 "${isol8[@]}" --set "db.url=host=$work/nowhere"; says out "check that the server runs"
expect 3 "${isol8[@]}" --set "db.url=$url sslmode=require" --set db.url="host=localhost port=1 sslmode=require"; says out "refused"
expect 3 "${isol8[@]}" --set "db.url=host=$server user=audit dbname=nosuch"; says out 'database "nosuch" does not exist'
expect 3 "${isol8[@]}" --set "db.url=$url" --set db.schema=nosuch; says out "has no schema nosuch"
expect 2 "${isol8[@]}" --set "db.url=$url" --set db.lock_timeout=soon; says err "is not a duration"

# --- schemas: the url's own search path, the deployment's, and the one that is set
sql -c "CREATE SCHEMA dev" -c "SET search_path=dev" -f "$AUDIT_SOURCE_DIR/tests/schemas/isol8-pre.sql"
ENVIRONMENT=dev expect 0 "${isol8[@]}" --set "db.url=$url"; says out "0 sessions"
ENVIRONMENT=dev expect 1 "${isol8[@]}" --set "db.url=$url options=-csearch_path=public"
ENVIRONMENT=nosuch expect 1 "${isol8[@]}" --set "db.url=$url"
ENVIRONMENT=staging expect 1 "${isol8[@]}" --set "db.url=$url"; says out empty-session   # no such schema: the next one of the path, as the application does
expect 0 "${isol8[@]}" --set "db.url=$url" --set db.schema=dev

# --- what is not there, and what may not be read
sql -c "CREATE SCHEMA bare"
PGOPTIONS=-csearch_path=bare expect 3 "${isol8[@]}" --set "db.url=$url"; says out "has no table sessions"
sql -c "CREATE SCHEMA part" -c "SET search_path=part" -f "$AUDIT_SOURCE_DIR/tests/schemas/isol8-pre.sql" -c "ALTER TABLE messages DROP COLUMN role"
PGOPTIONS=-csearch_path=part expect 3 "${isol8[@]}" --set "db.url=$url"; says out "column messages.role"
reader="host=$server user=reader dbname=postgres"
sql -c "GRANT SELECT ON users, organizations, organization_memberships, sessions, audit_logs, agent_states, usage_event, usage_daily TO reader"
sql -c "GRANT SELECT (id, session_id, role, created_at) ON messages TO reader"
expect 3 "${isol8[@]}" --set "db.url=$reader"
says out "permission denied for table messages"; says out empty-session
expect 1 "${isol8[@]}" --set "db.url=$reader" --exclude message-payload-length   # the columns that are named are enough
sql -c "CREATE SCHEMA shut" -c "SET search_path=shut" -f "$AUDIT_SOURCE_DIR/tests/schemas/isol8-pre.sql"
expect 3 "${isol8[@]}" --set "db.url=$reader" --set db.schema=shut; says out "permission denied for schema shut"; says out USAGE

# --- ids that are numbers here and text there: where the server cannot compare them they are gathered, and a repair finds its row
sql -c "CREATE SCHEMA numbers" -c "SET search_path=numbers" -f "$AUDIT_SOURCE_DIR/tests/schemas/isol8-pre.sql" \
  -c "ALTER TABLE messages DROP CONSTRAINT messages_session_id_fkey" -c "ALTER TABLE sessions ALTER id TYPE bigint USING id::bigint" \
  -c "ALTER TABLE messages ALTER session_id TYPE bigint USING session_id::bigint, ADD FOREIGN KEY (session_id) REFERENCES sessions ON DELETE CASCADE" \
  -c "INSERT INTO users(id, has_encryption_keys) VALUES ('ann', true);
      INSERT INTO sessions(id, user_id, created_at, updated_at) SELECT n, 'ann', '2026-02-27 09:00', '2026-02-27 09:01' FROM generate_series(7, 9) n;
      INSERT INTO messages(id, session_id, role, ephemeral_public_key, iv, ciphertext, auth_tag, hkdf_salt, created_at)
      SELECT s || role, s, role, repeat('a', 64), repeat('a', 32), 'aa', repeat('a', 32), repeat('a', 64), at
      FROM generate_series(7, 9) s, (VALUES ('user', timestamp '2026-02-27 09:00:30'), ('assistant', '2026-02-27 09:01')) m(role, at);
      INSERT INTO audit_logs(id, event_type, event_data, created_at) VALUES
        ('d7', 'SESSION_DELETED', '{\"session_id\": \"7\"}', '2026-02-27 10:00'), ('d8', 'SESSION_DELETED', '{\"session_id\": 8}', '2026-02-27 10:00')"
numbers=("${isol8[@]}" --set "db.url=$url" --set db.schema=numbers --state-dir "$work/numbers")
expect 1 "${numbers[@]}"; says out "session 7 was deleted"; says out "session 8 was deleted"; says out "2 errors"
expect 0 repair --yes --unsafe "${numbers[@]}" --max-fraction 1
[ "$(sql -c "SELECT string_agg(id::text, ',') FROM numbers.sessions")" = 9 ] || fail "sessions 7 and 8 were not deleted"
(cd / && timeout 60 "$AUDIT" undo last --yes --state-dir "$work/numbers") >out 2>err </dev/null || fail "undo from another directory: exit $?"
[ "$(sql -c "SELECT count(*) || ' ' || (SELECT count(*) FROM numbers.messages) FROM numbers.sessions")" = "3 6" ] || fail "undo did not restore the rows"

# --- a first profile proposed from what is there: it loads, it audits, and it holds no password
for url_of in "postgresql://audit:sWordFish-77@/postgres?host=$server" "host=$server user=audit dbname=postgres password='sWord Fish-77'" \
  "postgresql://audit@/postgres?password=sWordFish-77&host=$server"; do
  expect 0 init --postgres "$url_of"; hides out Fish; hides err Fish
  says out '"session_id": "session_id",  // foreign key to sessions'; says out '"created_at": {"from": "created_at", "as": "timestamp"}'
  sed 's/"traits": \[\]/"traits": ["sessions-need-messages"]/' out >proposed.json
  expect 1 --profile ./proposed.json "${now[@]}"; says out "session 1111…1111"
done
expect 3 init --postgres "host=$server user=audit dbname=nosuch"; says err 'database "nosuch" does not exist'
expect 2 init

# --- one transaction that cannot write, and that one bad query does not end
cat >writes.json <<JSON
{"profile": "writes", "sources": {"db": {"adapter": "postgres", "url": "$url"}}, "traits": ["sessions-need-messages"],
 "relations": {
  "session": {"table": "sessions", "key": "id", "columns": {"id": "id", "status": {"expr": "lo_create(0)::text || nextval('numbers')"},
    "state": {"expr": "CASE WHEN nextval('numbers') > 0 THEN 'unknown' END"}, "created_at": {"from": "created_at", "as": "timestamp"}}},
  "message": {"table": "messages", "key": "id", "columns": {"id": "id", "session_id": "session_id", "created_at": {"from": "created_at", "as": "timestamp"}}}}}
JSON
sql -c "CREATE SEQUENCE numbers"
expect 3 --profile ./writes.json "${now[@]}" --jobs 1
says out "read-only transaction"; says out empty-session
[ "$(sql -c "SELECT count(*) FROM pg_largeobject_metadata")" = 0 ] || fail "a large object was made"

# --- timeouts
sql -c "CREATE VIEW slow AS SELECT s.* FROM sessions s, pg_sleep(20)"
cat >slow.json <<JSON
{"profile": "slow", "sources": {"db": {"adapter": "postgres", "url": "$url"}}, "traits": ["sessions-need-messages"],
 "relations": {
  "session": {"table": "slow", "key": "id", "columns": {"id": "id", "created_at": {"from": "created_at", "as": "timestamp"}}},
  "message": {"table": "messages", "key": "id", "columns": {"id": "id", "session_id": "session_id"}}}}
JSON
expect 3 --profile ./slow.json "${now[@]}" --check empty-session --set db.statement_timeout=300ms; says out "statement timeout"
psql -qX "$url" -c "BEGIN; LOCK TABLE messages IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(4)" >/dev/null 2>&1 &
sleep 0.7
expect 3 "${isol8[@]}" --set "db.url=$url" --set db.lock_timeout=200ms --check empty-session; says out "lock timeout"
wait

# --- ^C stops the query on the server, too
"$AUDIT" --profile ./slow.json "${now[@]}" --check empty-session >out 2>err </dev/null &
pid=$!
sleep 1
[ "$(sql -c "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'audit' AND state = 'active'")" -ge 1 ] || fail "nothing runs on the server"
started=$SECONDS
kill -INT "$pid"
wait "$pid"
code=$?
[ "$code" -eq 130 ] || fail "interrupted: exit $code"
[ $((SECONDS - started)) -le 3 ] || fail "the interrupted run took $((SECONDS - started)) s to end"
sleep 0.2
[ "$(sql -c "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'audit'")" = 0 ] || fail "the query still runs on the server"

# --- the server goes away in the middle
"$AUDIT" --profile ./slow.json "${now[@]}" --check empty-session >out 2>err </dev/null &
pid=$!
sleep 1
sql -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'audit'" >/dev/null
wait "$pid"
code=$?
[ "$code" -eq 3 ] || fail "the connection was cut: exit $code"
grep -qE "terminating connection|lost the connection" out || fail "nothing is said of the cut connection"

# --- a live writer: every transaction leaves the store whole, so no snapshot may show a fault
sql -c "DELETE FROM sessions"
writer() {
  for i in $(seq 1 400); do
    echo "BEGIN; INSERT INTO sessions(id, user_id, name, created_at, updated_at) VALUES ('w$i', 'ann', 'New Chat', '2026-02-27 09:00', '2026-02-27 09:05');"
    echo "SELECT pg_sleep(0.002);"
    echo "INSERT INTO messages SELECT 'w$i-' || r, 'w$i', r, repeat('a', 64), repeat('a', 32), 'aa', repeat('a', 32), repeat('a', 64), NULL, NULL, NULL, '2026-02-27 09:05' FROM unnest(ARRAY['user', 'assistant']) r; COMMIT;"
    [ $((i % 3)) -ne 0 ] || echo "DELETE FROM sessions WHERE id = 'w$i';"
  done
}
writer | psql -qXAt "$url" >writer.out 2>&1 &
pid=$!
scans=0
while kill -0 "$pid" 2>/dev/null; do
  expect 0 "${isol8[@]}" --set "db.url=$url" --jobs 2
  scans=$((scans + 1))
done
[ "$scans" -ge 3 ] || fail "only $scans scans beside the writer"
grep -q ERROR writer.out && fail "the writer failed: $(head -n 1 writer.out)"

# --- rows of a tmux server travel to PostgreSQL; where the types do not meet everything is gathered
sql -c "CREATE TABLE chats (id text PRIMARY KEY, pane text, started timestamptz)" \
  -c "INSERT INTO chats VALUES ('a', '@1', '2026-02-27 10:00+01'), ('b', '@2', '2026-02-27 10:00+01')" \
  -c "CREATE TABLE uuid_chats (id uuid PRIMARY KEY, pane uuid, started timestamptz)" \
  -c "INSERT INTO uuid_chats VALUES ('11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222', '2026-02-27 10:00+01')"
cat >tmux.json <<'JSON'
{"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 7, "started_at": "2026-02-20T08:00:00Z"},
 "windows": [{"session_name": "main", "window_id": "@1", "window_name": "it's \"one\""}]}
JSON
for table in chats uuid_chats; do
  cat >"$table.json" <<JSON
{"profile": "chats", "sources": {"db": {"adapter": "postgres", "url": "$url"}, "tmux": {"adapter": "tmux", "snapshot": "$work/tmux.json"}},
 "traits": ["sessions-have-windows"],
 "relations": {
  "session": {"source": "db", "table": "$table", "key": "id", "columns": {"id": "id", "status": {"value": "on"}, "state": {"value": "active"},
    "runtime": {"value": "tmux"}, "window_id": "pane", "window_name": {"expr": "id::text"}, "window_session": {"value": null},
    "created_at": {"from": "started", "as": "timestamp"}}},
  "tmux_window": {"source": "tmux"}}}
JSON
done
expect 1 --profile ./chats.json "${now[@]}" --check session-without-window --format json --log-level debug
says err "the others travel"; says out '"id":"b"'; hides out '"id":"a"'
expect 1 --profile ./uuid_chats.json "${now[@]}" --check session-without-window --format json --log-level debug
says err "not run in the store"; says out 11111111-1111-4111-8111-111111111111

[ "$failures" -eq 0 ] && echo "all passed"
exit $((failures > 0))
