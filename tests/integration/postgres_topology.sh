#!/usr/bin/env bash
# PostgreSQL as it is deployed: TLS, a pooler in transaction mode, a hot standby that takes snapshots away, a restart under a running audit.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
for program in openssl pgbouncer; do command -v $program >/dev/null || { echo "$program is not installed"; exit 1; }; done
work=$(mktemp -d)
chmod 711 "$work"
server="$work/server"
pooler=
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
as_server() {
  if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}
finish() {
  [ -z "$pooler" ] || kill "$pooler" 2>/dev/null
  as_server "$bin/pg_ctl" -D "$work/standby/data" -m immediate -w stop >/dev/null 2>&1
  "$AUDIT_SOURCE_DIR/tests/postgres" stop "$server"
  rm -rf "$work"
}
trap finish EXIT
unset DATABASE_URL ENVIRONMENT PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD PGSERVICE PGOPTIONS
export HOME="$work/home" LC_ALL=C.UTF-8
mkdir -p "$HOME"
cd "$work" || exit 1
failures=0

fail() {
  echo "FAIL: $*"
  jq -c '.sources[] | {location, status, detail}' out 2>/dev/null
  head -n 20 err
  failures=$((failures + 1))
}
expect() {
  local code=$1; shift
  timeout 60 "$AUDIT" "$@" >out 2>err </dev/null
  local got=$?
  [ "$got" -eq "$code" ] || fail "audit $*: exit $got, expected $code"
}
says() { grep -qF -- "$2" "$1" || fail "$1 does not say: $2"; }
# What was found, without the place where it was found.
found() { jq -cS '[.findings[] | [.check, .subject.id, .message, .evidence]] | sort' out; }
sql() { psql -qXAt -v ON_ERROR_STOP=1 "$url" "$@" >sql.out 2>&1 || { cat sql.out; failures=$((failures + 1)); }; cat sql.out; }

port=$((20000 + RANDOM % 20000))
url=$("$AUDIT_SOURCE_DIR/tests/postgres" start "$server" "wal_level = replica" "max_wal_senders = 4" "hot_standby_feedback = off") || exit 1
isol8=(--profile isol8 --now 2026-03-01T12:00:00Z --no-progress --format json)
sql -f "$AUDIT_SOURCE_DIR/tests/schemas/isol8-head.sql" -f "$AUDIT_SOURCE_DIR/tests/cases/isol8-head/given/db.sql"
expect 1 "${isol8[@]}" --set "db.url=$url"
found >expected
[ "$(jq length expected)" -gt 15 ] || fail "the store has too few faults to compare with"
same() { found | diff -q expected - >/dev/null || fail "$*: other findings than directly"; }

# --- TLS: what libpq's modes ask for is asked for
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem >/dev/null 2>&1
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout other.key -out other.pem >/dev/null 2>&1
cp cert.pem key.pem "$server/data/"
[ "$(id -u)" -ne 0 ] || chown postgres "$server/data/cert.pem" "$server/data/key.pem"
chmod 600 "$server/data/key.pem"
as_server sh -c "cat >>'$server/data/postgresql.conf'" <<CONF
ssl = on
ssl_cert_file = 'cert.pem'
ssl_key_file = 'key.pem'
listen_addresses = 'localhost'
port = $port
CONF
as_server sh -c "printf 'hostssl all audit all trust\n' >'$server/hba2' && cat '$server/data/pg_hba.conf' >>'$server/hba2' && grep -v '^host  ' '$server/hba2' >'$server/data/pg_hba.conf'"
as_server "$bin/pg_ctl" -D "$server/data" -l "$server/data/log" -w restart >/dev/null || { tail -n 5 "$server/data/log"; echo "FAIL: the server does not start with TLS"; exit 1; }
url="$url port=$port"
tls="host=localhost port=$port user=audit dbname=postgres"
expect 1 "${isol8[@]}" --set "db.url=$tls sslmode=require"; same require
expect 1 "${isol8[@]}" --set "db.url=$tls sslmode=verify-full sslrootcert=$work/cert.pem"; same verify-full
expect 1 "${isol8[@]}" --set "db.url=postgresql+asyncpg://audit@localhost:$port/postgres?ssl=require"; same "ssl=require"
expect 3 "${isol8[@]}" --set "db.url=$tls sslmode=verify-ca sslrootcert=$work/other.pem"; says out "certificate verify failed"
expect 3 "${isol8[@]}" --set "db.url=host=127.0.0.1 port=$port user=audit dbname=postgres sslmode=verify-full sslrootcert=$work/cert.pem"; says out "does not match"
sed -i 's/^hostssl all/hostnossl all/' "$server/data/pg_hba.conf"
as_server "$bin/pg_ctl" -D "$server/data" reload >/dev/null
sleep 0.3
expect 3 "${isol8[@]}" --set "db.url=$tls sslmode=require"; says out "pg_hba.conf"

# --- a pooler that hands the session on after every transaction
cat >pooler.ini <<INI
[databases]
chat = host=$server port=$port dbname=postgres user=audit
[pgbouncer]
listen_addr =
unix_socket_dir = $work/pool
listen_port = $port
auth_type = any
pool_mode = transaction
default_pool_size = 4
logfile = $work/pool/log
pidfile = $work/pool/pid
INI
mkdir pool
[ "$(id -u)" -ne 0 ] || chown postgres pool
as_server "$(command -v pgbouncer)" -q "$work/pooler.ini" >pooler.out 2>&1 &
for _ in $(seq 50); do [ -S "$work/pool/.s.PGSQL.$port" ] && [ -s pool/pid ] && break; sleep 0.1; done
pooler=$(cat pool/pid 2>/dev/null) || { cat pooler.out pool/log; echo "FAIL: the pooler does not start"; exit 1; }
pooled="host=$work/pool port=$port dbname=chat user=audit"
for jobs in 1 3; do
  expect 1 "${isol8[@]}" --set "db.url=$pooled" --jobs $jobs; same "pooler, $jobs jobs"
done
# Nothing of ours is left in the sessions that others get next.
[ "$(psql -qXAt "$pooled" -c "SHOW timezone" -c "SHOW max_parallel_workers_per_gather" -c "SHOW search_path" | tr '\n' ' ')" = \
  "$(psql -qXAt "$url" -c "SHOW timezone" -c "SHOW max_parallel_workers_per_gather" -c "SHOW search_path" | tr '\n' ' ')" ] || fail "settings were left behind in the pool"
expect 3 "${isol8[@]}" --set "db.url=$pooled options=-csearch_path=public"; says out "options"

# --- a hot standby: read-only for ever, rows of other stores travel there as well, and vacuum of the primary takes snapshots away
sql -c "CREATE TABLE chats (id text PRIMARY KEY, pane text, started timestamptz)" \
  -c "INSERT INTO chats VALUES ('a', '@1', '2026-02-27 10:00+01'), ('b', '@2', '2026-02-27 10:00+01')"
mkdir standby
[ "$(id -u)" -ne 0 ] || chown postgres standby
as_server "$bin/pg_basebackup" -h "$server" -p "$port" -U audit -D "$work/standby/data" -R --no-sync >/dev/null 2>standby.log || fail "no base backup: $(cat standby.log)"
as_server sh -c "printf \"unix_socket_directories = '$work/standby'\nmax_standby_streaming_delay = 0\n\" >>'$work/standby/data/postgresql.conf'"
as_server "$bin/pg_ctl" -D "$work/standby/data" -o "-c listen_addresses=''" -l "$work/standby/data/log" -w start >/dev/null || fail "the standby does not start"
standby="host=$work/standby port=$port user=audit dbname=postgres"
[ "$(psql -qXAt "$standby" -c 'SELECT pg_is_in_recovery()')" = t ] || fail "that is no standby"
expect 1 "${isol8[@]}" --set "db.url=$standby" --jobs 2; same standby
cat >tmux.json <<'JSON'
{"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 7, "started_at": "2026-02-20T08:00:00Z"},
 "windows": [{"session_name": "main", "window_id": "@1", "window_name": "one"}]}
JSON
cat >chats.json <<JSON
{"profile": "chats", "sources": {"db": {"adapter": "postgres", "url": "$standby"}, "tmux": {"adapter": "tmux", "snapshot": "$work/tmux.json"}},
 "traits": ["sessions-have-windows"],
 "relations": {
  "session": {"source": "db", "table": "chats", "key": "id", "columns": {"id": "id", "status": {"value": "on"}, "state": {"value": "active"},
    "runtime": {"value": "tmux"}, "window_id": "pane", "window_name": {"expr": "id::text"}, "window_session": {"value": null},
    "created_at": {"from": "started", "as": "timestamp"}}},
  "tmux_window": {"source": "tmux"}}}
JSON
expect 1 --profile ./chats.json --now 2026-03-01T12:00:00Z --no-progress --format json --check session-without-window --log-level debug
says err "the others travel"; says out '"id":"b"'

# Every vacuum of the primary cancels what reads on the standby. It is read again; given up, it is said so, and nothing is found by halves.
(for i in $(seq 2000); do [ ! -e enough ] || break; psql -qX "$url" -c "UPDATE messages SET model_used = 'v$i'" -c "VACUUM messages, sessions"; sleep 0.01; done) >/dev/null 2>&1 &
churn=$!
whole=0
for _ in $(seq 12); do
  timeout 60 "$AUDIT" "${isol8[@]}" --set "db.url=$standby" --jobs 2 >out 2>err </dev/null
  code=$?
  if [ $code -eq 1 ]; then same "standby under churn"; whole=$((whole + 1))
  elif [ $code -ne 3 ]; then fail "standby under churn: exit $code"
  else grep -qE "conflict with recovery|snapshot|kept changing|terminating connection" out || fail "the audit was given up without a reason"; fi
done
touch enough
wait $churn
for _ in $(seq 100); do
  [ "$(psql -qXAt "$standby" -c "SELECT pg_last_wal_replay_lsn() >= '$(psql -qXAt "$url" -c 'SELECT pg_current_wal_lsn()')'")" != t ] || break
  sleep 0.1
done
expect 1 "${isol8[@]}" --set "db.url=$standby"; same "standby afterwards"
echo "$whole of 12 audits were whole while the primary was vacuumed without pause"
[ $whole -ge 1 ] || fail "no audit of the standby was whole"

# --- the server restarts under a running audit
sql -c "CREATE VIEW slow AS SELECT s.* FROM sessions s, pg_sleep(20)"
cat >slow.json <<JSON
{"profile": "slow", "sources": {"db": {"adapter": "postgres", "url": "$url"}}, "traits": ["sessions-need-messages"],
 "relations": {
  "session": {"table": "slow", "key": "id", "columns": {"id": "id", "created_at": {"from": "created_at", "as": "timestamp"}}},
  "message": {"table": "messages", "key": "id", "columns": {"id": "id", "session_id": "session_id"}}}}
JSON
"$AUDIT" --profile ./slow.json --no-progress --check empty-session >out 2>err </dev/null &
pid=$!
sleep 1
as_server "$bin/pg_ctl" -D "$server/data" -l "$server/data/log" -m fast -w restart >/dev/null || fail "the server does not restart"
wait "$pid"
code=$?
[ "$code" -eq 3 ] || fail "the server restarted under the audit: exit $code"
grep -qE "terminating connection|lost the connection" out || fail "nothing is said of the restart"
expect 1 "${isol8[@]}" --set "db.url=$url"; same "after the restart"

[ "$failures" -eq 0 ] && echo "all passed"
exit $((failures > 0))
