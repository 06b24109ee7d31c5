#!/usr/bin/env bash
# Many project databases: found at their default place, read as they are, and what cannot be read hides nothing of the rest.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
command -v sqlite3 >/dev/null || { echo "sqlite3 is not installed"; exit 1; }
command -v python3 >/dev/null || { echo "python3 is not installed"; exit 1; }
work=$(mktemp -d)
holder=
trap '[ -z "$holder" ] || kill "$holder" 2>/dev/null; rm -rf "$work"' EXIT
export HOME="$work/home" TMUX_TMPDIR="$work"
unset AGENTERM_DB SAM_STATE SAM_OUTBOX NO_COLOR XDG_STATE_HOME
mkdir -p "$HOME"
cd "$work" || exit 1
failures=0
projects=120

fail() { echo "FAIL: $*"; sed 's/^/  err: /' err 2>/dev/null | tail -n 20; failures=$((failures + 1)); }
schemas="$AUDIT_SOURCE_DIR/tests/schemas"
state=.wrangler/state/v3
d1=$state/d1/miniflare-D1DatabaseObject
do=$state/do/workspaces-api-ProjectData
mkdir -p $d1 $do

# Healthy projects, but for a session without a task in every tenth.
{
  cat "$schemas/sam-d1-head.sql"
  echo "INSERT INTO users (id, email) VALUES ('u', 'u@example.org');
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $projects - 1)
    INSERT INTO projects (id, user_id, name, normalized_name, installation_id, repository, created_by, active_session_count)
    SELECT 'p' || i, 'u', 'p' || i, 'p' || i, 'g', 'org/' || i, 'u', CASE WHEN i % 10 = 0 THEN 2 ELSE 1 END FROM n;
    INSERT INTO tasks (id, project_id, user_id, title, status, created_by, created_at, updated_at, chat_session_id)
    SELECT 't-' || id, id, 'u', 't', 'in_progress', 'u', '2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z', 's-' || id FROM projects;"
} | sqlite3 $d1/control.sqlite || exit 1
sqlite3 $d1/control.sqlite 'PRAGMA journal_mode = WAL' >/dev/null
sqlite3 template.db <"$schemas/sam-do-head.sql" || exit 1
for ((i = 0; i < projects; i++)); do
  cp template.db $do/$i.sqlite
  sqlite3 $do/$i.sqlite "PRAGMA journal_mode = WAL; INSERT INTO do_meta VALUES ('projectId', 'p$i');
    INSERT INTO chat_sessions (id, task_id, status, message_count, started_at, created_at, updated_at)
      VALUES ('s-p$i', 't-p$i', 'active', 0, 1772355600000, 1772355600000, 1772355600000);
    INSERT INTO chat_sessions (id, task_id, status, message_count, started_at, created_at, updated_at)
      SELECT 'x-p$i', NULL, 'active', 0, 1772355600000, 1772355600000, 1772355600000 WHERE $i % 10 = 0;" >/dev/null
done
for folder in $d1 $do; do sqlite3 $folder/metadata.sqlite 'CREATE TABLE _cf_ALARM (actor_id TEXT PRIMARY KEY, scheduled_time INTEGER)'; done
# Another worker's database in the same sandbox.
sqlite3 $d1/other.sqlite 'CREATE TABLE note (id TEXT PRIMARY KEY)'

# audit ARGUMENT... : counts the files that are open while it runs.
audit() {
  timeout 120 "$AUDIT" --now 2026-03-01T12:00:00Z --format json --no-progress "$@" >out 2>err </dev/null &
  local pid=$! most=0 now
  while kill -0 $pid 2>/dev/null; do
    now=$(find "/proc/$(pgrep -P $pid 2>/dev/null | head -n 1)/fd" 2>/dev/null | wc -l)
    [ "$now" -le "$most" ] || most=$now
  done
  wait $pid
  code=$?
  [ "$most" -le 64 ] || fail "$most files were open"
}
# report EXPRESSION EXPECTED : a Python expression over the report r.
report() {
  local got
  got=$(python3 -c 'import json, sys; r = json.load(open("out")); print(eval(sys.argv[1]))' "$1" 2>&1)
  [ "$got" = "$2" ] || fail "$1 is $got, expected $2"
}
taskless='sorted(int(f["subject"]["scope"][1:]) for f in r["findings"] if f["check"] == "taskless-session")'

# Found by itself; nothing is left beside the files.
find .wrangler -type f | sort >before
audit --jobs 2
[ $code -eq 1 ] || fail "exit $code, expected 1"
report '[s["profile"] for s in r["sources"]][0]' simple-agent-manager
report '[(s["name"], s["status"]) for s in r["sources"] if s["name"] != "outbox"]' "[('d1', 'ok'), ('projects', 'ok')]"
report "$taskless" "[0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110]"
report '{f["check"] for f in r["findings"]}' "{'taskless-session'}"
report 'any("metadata" in s["location"] or "other" in s["location"] for s in r["sources"])' False
find .wrangler -type f | sort | diff before - >err || fail "files came or went"

# The same from any number of threads.
python3 -c 'import json; print(json.dumps(json.load(open("out"))["findings"]))' >first
audit --jobs 9
python3 -c 'import json; print(json.dumps(json.load(open("out"))["findings"]))' | diff -q - first >err || fail "--jobs 9 finds something else"

# One corrupt, one locked, one copied, one gone.
printf 'not a database' >$do/3.sqlite
cp $do/20.sqlite $do/z.sqlite
sqlite3 $do/30.sqlite 'PRAGMA journal_mode = DELETE' >/dev/null
rm $do/40.sqlite
mkfifo ready
python3 -c 'import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None); db.execute("BEGIN EXCLUSIVE"); open("ready", "w").close(); time.sleep(100)' $do/30.sqlite &
holder=$!
read -r <ready || true
audit --profile simple-agent-manager --set projects.busy_timeout=200ms --jobs 2
[ $code -eq 3 ] || fail "exit $code, expected 3"
report "$taskless" "[0, 10, 20, 50, 60, 70, 80, 90, 100, 110]"
report 'sorted(s["location"].split("/")[-1] for s in r["sources"] if s["status"] == "unknown" and s["name"] == "projects" and "*" not in s["location"])[:2]' "['3.sqlite', '30.sqlite']"
report 'sum("holds" in s.get("detail", "") for s in r["sources"])' 1
report '{f["check"] for f in r["findings"]}' "{'taskless-session'}"

[ $failures -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
