#!/usr/bin/env bash
# audit init: what it proposes loads, reads the store that it was made from, and holds no guess without a reason.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
command -v sqlite3 >/dev/null || { echo "sqlite3 is not installed"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home"
mkdir -p "$HOME"
cd "$work" || exit 1
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }
says() { grep -qF -- "$2" "$1" || fail "$1 does not say: $2"; }

for schema in agenterm-head agenterm-seed sam-do-head sam-do-seed sam-d1-head isol8-head; do
  [ -f "$AUDIT_SOURCE_DIR/tests/schemas/$schema.sql" ] || continue
  sqlite3 -bail $schema.db <"$AUDIT_SOURCE_DIR/tests/schemas/$schema.sql" >/dev/null 2>&1 || continue
  "$AUDIT" init --sqlite $schema.db >$schema.json 2>err || { fail "init $schema: $(cat err)"; continue; }
  "$AUDIT" --profile ./$schema.json --no-progress >out 2>err
  [ $? -eq 0 ] || fail "the proposal for $schema does not audit its own empty store: $(cat out err)"
  grep -E '^        "' $schema.json | grep -vq ' // ' && fail "$schema: a guess without a reason"
done

# Values tell times and statuses.
sqlite3 chat.db "CREATE TABLE conversations (id INTEGER PRIMARY KEY, state TEXT, created TEXT, updated_at INTEGER);
  CREATE TABLE messages (id TEXT PRIMARY KEY, conversation INTEGER REFERENCES conversations(id), content TEXT, time REAL);
  CREATE TABLE sessions (id TEXT PRIMARY KEY, token TEXT, ip_address TEXT);
  INSERT INTO conversations VALUES (1, 'open', '2026-01-01T00:00:00Z', 1772366400000), (2, 'on ice', NULL, NULL);"
"$AUDIT" init --sqlite chat.db >chat.json 2>err || fail "init chat: $(cat err)"
says chat.json '"session_id": "conversation"'
says chat.json '"created_at": {"from": "created", "as": "iso8601"}'
says chat.json '"updated_at": {"from": "updated_at", "as": "epoch_ms"}'
says chat.json '{"open": "active"}'
says chat.json 'say what these mean: on ice'
says chat.json 'sessions has tokens and addresses'
"$AUDIT" --profile ./chat.json --no-progress --format json >out 2>err
says out '"check":"unknown-status"'

sqlite3 none.db 'CREATE TABLE note (id TEXT PRIMARY KEY)'
"$AUDIT" init --sqlite none.db >out 2>err
[ $? -eq 2 ] || fail "a database without sessions is not exit 2"
"$AUDIT" init --sqlite gone.db >out 2>err
[ $? -eq 3 ] || fail "a database that is not there is not exit 3"
[ $failures -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
