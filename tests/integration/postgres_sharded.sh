#!/usr/bin/env bash
# Messages spread over two more servers: partitions behind postgres_fdw. The findings are those of one table.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
work=$(mktemp -d)
chmod 711 "$work"
start="$AUDIT_SOURCE_DIR/tests/postgres"
trap 'for s in main one two; do "$start" stop "$work/$s"; done; rm -rf "$work"' EXIT
cd "$work" || exit 1
run() { psql -qXAt -v ON_ERROR_STOP=1 "$@" >psql.out 2>&1 || { cat psql.out; echo "FAIL: psql $*"; exit 1; }; }

main=$("$start" start "$work/main") && one=$("$start" start "$work/one") && two=$("$start" start "$work/two") || exit 1
sed 's/:rows/2000/g' "$AUDIT_SOURCE_DIR/tests/bench/postgres.sql" >data.sql
run "$main" -c "CREATE SCHEMA plain" -c "SET search_path=plain" -f data.sql
columns="id varchar, session_id varchar, role varchar, content text, created_at timestamp"
for server in "$one" "$two"; do
  run "$server" -c "CREATE TABLE messages ($columns)" -c "CREATE INDEX ON messages (session_id, created_at)"
done
run "$main" <<SQL
CREATE EXTENSION postgres_fdw;
CREATE SERVER one FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$work/one', dbname 'postgres');
CREATE SERVER two FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$work/two', dbname 'postgres');
CREATE USER MAPPING FOR audit SERVER one OPTIONS (user 'audit');
CREATE USER MAPPING FOR audit SERVER two OPTIONS (user 'audit');
CREATE SCHEMA sharded;
CREATE TABLE sharded.messages ($columns) PARTITION BY HASH (session_id);
CREATE FOREIGN TABLE sharded.messages_0 PARTITION OF sharded.messages FOR VALUES WITH (MODULUS 2, REMAINDER 0) SERVER one OPTIONS (schema_name 'public', table_name 'messages');
CREATE FOREIGN TABLE sharded.messages_1 PARTITION OF sharded.messages FOR VALUES WITH (MODULUS 2, REMAINDER 1) SERVER two OPTIONS (schema_name 'public', table_name 'messages');
CREATE TABLE sharded.sessions AS SELECT * FROM plain.sessions;
CREATE TABLE sharded.users AS SELECT * FROM plain.users;
INSERT INTO sharded.messages SELECT * FROM plain.messages;
ANALYZE;
SQL
echo '{"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 1, "started_at": "2026-02-01T00:00:00Z"}, "windows": []}' >tmux.json
for layout in plain sharded; do
  "$AUDIT" --profile "$AUDIT_SOURCE_DIR/tests/bench/postgres.json" --set "db.url=$main" --set "db.schema=$layout" --set "tmux.snapshot=$work/tmux.json" \
    --now 2026-03-01T12:00:00Z --max-fraction 1 --max-changes 1000000 --format json --no-progress >"$layout.json" 2>"$layout.err"
  code=$?
  [ "$code" -eq 1 ] || { echo "FAIL: $layout: exit $code"; cat "$layout.err"; exit 1; }
  jq -S '[.findings[] | {check, subject, message}]' "$layout.json" >"$layout.findings"
done
cmp plain.findings sharded.findings || { diff plain.findings sharded.findings | head -n 20; exit 1; }
# Two of each kind (the remainders 7, 11, … of 2000 sessions), and ten orphans. What has no messages counts none.
expected='answer-without-question 2
empty-session 2
message-before-session 2
message-count-drift 2
orphan-message 10
session-behind-messages 2
session-without-owner 2
unanswered-message 2'
found=$(jq -r '.findings[].check' plain.json | sort | uniq -c | awk '{print $2, $1}')
[ "$found" = "$expected" ] || { echo "FAIL: found"; echo "$found"; exit 1; }
echo "all passed"
