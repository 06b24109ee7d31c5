#!/usr/bin/env bash
# Many findings and changes: bounded memory, nothing left in $TMPDIR, and a disk that is full there is said and costs nothing.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" TMUX_TMPDIR="$work" TMPDIR="$work/tmp"
unset AGENTERM_DB XDG_STATE_HOME STATE_DIRECTORY
mkdir -p "$HOME" "$TMPDIR"
cd "$work" || exit 1
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }
number=${AUDIT_FINDINGS:-60000}

{ cat "$AUDIT_SOURCE_DIR/tests/schemas/agenterm-head.sql"
  cat <<SQL
BEGIN;
INSERT INTO projects(id, name, repo_path, status, created_at, updated_at) VALUES ('p', 'p', '/nowhere', 'active', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO tasks(id, project_id, title, description, status, created_at, updated_at) VALUES ('t', 'p', 't', '', 'running', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $number)
INSERT INTO sessions(id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, created_at, last_activity_at)
SELECT printf('%032x', (n * 2654435761) & 4294967295), 't', 'ai', '', 'claude', 'coder', 'working', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z' FROM n;
COMMIT;
SQL
} >all.sql
sqlite3 -bail all.db <all.sql >/dev/null || { echo "the store does not load"; exit 1; }
cp all.db store.db
source=(--profile agenterm --set db.path=store.db --check half-created-session --now 2026-03-01T12:00:00Z --no-progress)
plan=("${source[@]}" --allow half-created-session=delete --max-changes 10000000 --max-fraction 1)

# code, MiB of memory at most, command
measured() {
  python3 -B - "$@" <<'PY'
import os, subprocess, sys
code, most, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
with open("out", "wb") as out, open("err", "wb") as err:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
    _, status, usage = os.wait4(process.pid, 0)
got, peak = os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024
print("%s: exit %d, %d MiB" % (" ".join(command[1:4]), got, peak))
sys.exit(0 if got == code and peak <= most else 1)
PY
}

measured 1 80 "$AUDIT" "${plan[@]}" --format jsonl || fail "the audit: $(head -c 500 err)"
[ "$(grep -c '"type":"finding"' out)" = "$number" ] || fail "not every finding is reported"
[ "$(grep -c '"type":"change"' out)" = "$number" ] || fail "not every change is planned"
"$AUDIT" "${source[@]}" | head -n 4 >head
grep -q store.db head && ! grep -q workspace head || fail "sessions are too many to count, and others are: $(cat head)"
jq -r 'select(.type == "finding") | .subject.id' out >ids || fail "a line is no JSON"
LC_ALL=C sort -c ids || fail "the findings are not in order"
[ "$(LC_ALL=C sort -u ids | wc -l)" = "$number" ] || fail "a finding is there twice"
[ -z "$(ls -A tmp)" ] || fail "the audit left something in TMPDIR"

# A write that fails for want of room: nothing is changed, nothing is left.
before=$(sqlite3 all.db 'SELECT count(*), sum(length(id)) FROM sessions')
( trap '' XFSZ; ulimit -f 1024; "$AUDIT" repair --yes "${plan[@]}" --state-dir state --format text >out 2>err </dev/null; echo $? >code )
[ "$(cat code)" = 3 ] || fail "no room for temporary files: exit $(cat code), expected 3"
unwrapped() { cat out err | tr -s ' \n' ' '; }
unwrapped | grep -q "cannot write a temporary file in $TMPDIR: File too large" || fail "it does not say what was wrong: $(head -c 500 out err)"
[ "$(sqlite3 store.db 'SELECT count(*), sum(length(id)) FROM sessions')" = "$before" ] || fail "something was changed"
[ -z "$(ls -A tmp)" ] || fail "something is left in TMPDIR"
"$AUDIT" runs --state-dir state >out 2>err; grep -q unfinished out && fail "a run is unfinished"
# A file system that is really full, where we may mount one.
full() { mount -t tmpfs -o size=256k tmpfs "$TMPDIR" && "$AUDIT" "${plan[@]}" --format text >out 2>err </dev/null; echo $? >code; }
export -f full; export AUDIT
if unshare -rm true 2>/dev/null; then
  unshare -rm bash -c "plan=(${plan[*]@Q}); full"
  [ "$(cat code)" = 3 ] || fail "a full disk: exit $(cat code), expected 3"
  unwrapped | grep -q "No space left on device" || fail "a full disk is not named: $(head -c 500 out err)"
fi

measured 0 128 "$AUDIT" repair --yes "${plan[@]}" --state-dir state --format text || fail "the repair: $(head -c 500 err)"
[ "$(sqlite3 store.db 'SELECT count(*) FROM sessions')" = 0 ] || fail "not every session was deleted"
measured 0 128 "$AUDIT" undo last --yes --state-dir state --format jsonl || fail "the undo: $(head -c 500 err)"
[ "$(grep -c '"type":"change"' out)" = "$number" ] || fail "not every change was taken back"
for db in all store; do sqlite3 $db.db "SELECT rowid, * FROM sessions ORDER BY rowid" >$db.rows; done
cmp -s all.rows store.rows || fail "the undo did not bring everything back"
[ -z "$(ls -A tmp)" ] || fail "the repair left something in TMPDIR"

[ "$failures" -eq 0 ] && echo "ok" || exit 1
