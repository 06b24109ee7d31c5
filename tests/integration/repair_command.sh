#!/usr/bin/env bash
# What audit repair promises of itself: the question on a terminal, exit codes, a dry run without a trace, a private state directory, refusals before the first
# change, and an undo that names what changed since.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
work=$(mktemp -d)
socket="$work/tmux"
trap 'tmux -S "$socket" kill-server 2>/dev/null; rm -rf "$work"' EXIT
export HOME="$work/home" LC_ALL=C.UTF-8
unset AGENTERM_DB XDG_STATE_HOME STATE_DIRECTORY TMUX TMUX_PANE
mkdir "$HOME"
cd "$work" || exit 1
failures=0

fail() { echo "FAIL: $*"; sed 's/^/  out: /' out 2>/dev/null; sed 's/^/  err: /' err 2>/dev/null; failures=$((failures + 1)); }
expect() {
  local code=$1; shift
  timeout 60 "$AUDIT" "$@" >out 2>err </dev/null
  local got=$?
  [ "$got" -eq "$code" ] || fail "audit $*: exit $got, expected $code"
}
says() { tr -s ' \n' ' ' <"$1" | grep -qF -- "$2" || fail "$1 does not say: $2"; }
rows() { sqlite3 store.db "SELECT rowid, * FROM sessions ORDER BY id"; }

running() { sqlite3 store.db "SELECT count(*) FROM sessions WHERE status = 'running'"; }

# Two sessions that never got a window (marked failed, or deleted), and one row to be rid of.
fresh() {
  rm -f store.db
  sqlite3 store.db <"$AUDIT_SOURCE_DIR/tests/schemas/agenterm-seed.sql"
  sqlite3 store.db "INSERT INTO projects(id, name, repo_path, status, created_at, updated_at) VALUES ('p', 'p', '/nowhere', 'active', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
    INSERT INTO tasks(id, project_id, title, description, status, created_at, updated_at) VALUES ('t', 'p', 't', '', 'running', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
    INSERT INTO sessions VALUES ('0000000000000000000000000000000a', 't', 'agenterm', '', 'claude', 'coder', 'running', 0, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
    INSERT INTO sessions VALUES ('0000000000000000000000000000000b', 't', 'agenterm', '', 'claude', 'coder', 'running', 0, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');"
}
fresh
echo '{"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 7, "started_at": "2025-02-20T08:00:00Z"}, "windows": []}' >tmux.json
source=(--profile agenterm --set db.path=store.db --set tmux.snapshot=tmux.json --check half-created-session --max-fraction 1 --no-progress)
expect 1 "${source[@]}" --format json
[ "$(jq '.plan.changes | length' out)" = 2 ] || fail "the plan is not what the test is made for: $(jq -c '.plan, .sources' out)"
plan=$(jq -r .plan.id out)

# --- a dry run leaves no trace
before=$(find "$work" -mindepth 1 -printf '%p %s %T@\n' | grep -vE '/(out|err) ' | sort)
expect 1 --dry-run "${source[@]}"
expect 1 scan "${source[@]}"
[ "$(find "$work" -mindepth 1 -printf '%p %s %T@\n' | grep -vE '/(out|err) ' | sort)" = "$before" ] || fail "a dry run wrote something"
[ -z "$(find "$HOME" -mindepth 1)" ] || fail "a dry run made something in the home directory"

# --- without a terminal it does not begin
expect 2 repair "${source[@]}"; says err "there is no terminal to ask at"; says err "--yes"
[ "$(running)" = 2 ] || fail "it changed something without being told to"

# --- the question on a terminal
tmux -S "$socket" -f /dev/null new-session -d -x 150 -y 50 -s t "env PS1='ready> ' bash --norc --noprofile" || fail "no terminal"
screen() { tmux -S "$socket" capture-pane -p -J -t t; }
# What the terminal showed before is gone when it returns.
on_terminal() {
  tmux -S "$socket" send-keys -t t "clear" Enter
  for _ in $(seq 200); do screen | grep -qE 'Type|code=' || break; sleep 0.05; done
  tmux -S "$socket" send-keys -t t "$*; echo \"code=\$?\"" Enter
}
wait_for() { for _ in $(seq 200); do screen | grep -qE -- "$1" && return 0; sleep 0.05; done; screen >out; fail "the terminal never shows: $1"; }
call=$(printf '%q ' "$AUDIT" repair "${source[@]}")
on_terminal "$call"; wait_for 'Make 2 changes\? Type yes to go on:'
screen | grep -q 'half-created-session' || fail "the plan is not shown before the question"
# Nobody waits for us while we wait: the application may write.
sqlite3 store.db "PRAGMA busy_timeout = 2000; INSERT INTO sessions VALUES ('0000000000000000000000000000000c', 't', 'agenterm', '', 'claude', 'coder', 'running', 0, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');" >/dev/null 2>err || fail "the question keeps the application from writing"
tmux -S "$socket" send-keys -t t "no" Enter; wait_for 'code=1'; screen | grep -q 'nothing was changed' || fail "no is not understood"
[ "$(running)" = 3 ] || fail "no changed something"
# What came after the question was not agreed to.
sqlite3 store.db "DELETE FROM sessions WHERE id LIKE '%c'"
on_terminal "$call"; wait_for 'Type yes to go on:'
sqlite3 store.db "INSERT INTO sessions VALUES ('0000000000000000000000000000000c', 't', 'agenterm', '', 'claude', 'coder', 'running', 0, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
  UPDATE sessions SET status = 'completed' WHERE id LIKE '%b';"
tmux -S "$socket" send-keys -t t "yes" Enter; wait_for 'code=[0-9]'
[ "$(sqlite3 store.db "SELECT group_concat(status) FROM (SELECT status FROM sessions ORDER BY id)")" = "$(sqlite3 store.db "SELECT status FROM sessions WHERE id LIKE '%a'"),completed,running" ] ||
  fail "it repaired what was not shown: $(rows)"
[ "$(sqlite3 store.db "SELECT status FROM sessions WHERE id LIKE '%a'")" != running ] || fail "yes did nothing: $(screen)"
# The riskiest want the number.
fresh
call=$(printf '%q ' "$AUDIT" repair "${source[@]}" --allow half-created-session=delete)
on_terminal "$call"; wait_for 'Make 2 changes\? Type 2 to go on:'
tmux -S "$socket" send-keys -t t "yes" Enter; wait_for 'code=1'
[ "$(rows | wc -l)" = 2 ] || fail "yes was enough for a deletion"
on_terminal "$call"; wait_for 'Type 2 to go on:'; tmux -S "$socket" send-keys -t t "2" Enter; wait_for 'code=0'
[ "$(rows | wc -l)" = 0 ] || fail "the number was not enough: $(screen)"
# ^C at the question: 130, nothing done.
fresh
on_terminal "$call"; wait_for 'Type 2 to go on:'; tmux -S "$socket" send-keys -t t C-c; sleep 0.2; tmux -S "$socket" send-keys -t t "" Enter
for _ in $(seq 100); do screen | grep -q 'ready> *$' && break; sleep 0.05; done
[ "$(rows | wc -l)" = 2 ] || fail "^C changed something"

# --- with --yes; the plan is the one that was shown; what is kept is private
rm -rf state
expect 0 repair "${source[@]}" --yes --state-dir state --format json
[ "$(jq -r .plan.id out)" = "$plan" ] || fail "another plan was applied than was shown"
run=$(jq -r .run.id out)
[ -z "$(find state -type d ! -perm 700; find state -type f ! -perm 600)" ] || fail "others may read: $(find state -ls)"
expect 0 runs --state-dir state; says out "$run"; says out "applied"
expect 0 runs show "$run" --state-dir state; says out "status"
expect 0 runs --state-dir state --format json
[ "$(jq -r '[.schema, .runs[0].id, .runs[0].end, .runs[0].changes] | join(" ")' out)" = "audit-runs/1 $run applied 2" ] || fail "the list as JSON: $(cat out)"
expect 0 runs show "$run" --state-dir state --format json
[ "$(jq -r '[.schema, .id, .stores[0].source, (.effects | length), .effects[0].op, .effects[0].before.status] | join(" ")' out)" = "audit-run/1 $run db 2 update running" ] ||
  fail "the run as JSON: $(cat out)"
expect 2 runs --state-dir state --format html; says err "text or json"
expect 0 "${source[@]}"

# --- undo: lists what changed since, goes on without on request, and says so
sqlite3 store.db "UPDATE sessions SET status = 'paused' WHERE id LIKE '%b'"
expect 4 undo last --yes --state-dir state; says err "0000000000000000000000000000000b"; says err "--skip-changed"
[ "$(running)" = 0 ] || fail "an undo that was refused changed something"
expect 4 undo "$run" --yes --skip-changed --state-dir state; says err "0000000000000000000000000000000b"
[ "$(sqlite3 store.db "SELECT status FROM sessions WHERE id LIKE '%a'")" = running ] || fail "the rest was not undone"
[ "$(sqlite3 store.db "SELECT status FROM sessions WHERE id LIKE '%b'")" = paused ] || fail "what changed since was overwritten"
expect 2 undo nothing --yes --state-dir state; says err "there is no run 'nothing'"

# --- what is refused before the first change
fresh; rows >given
refused() { local code=$1; shift; expect "$code" repair "${source[@]}" --yes "$@"; rows | cmp -s - given || fail "it was refused, and something changed"; }
touch file
refused 4 --state-dir file/below; says err "file/below"
refused 4 --state-dir /proc/nowhere; says err "/proc"
refused 4 --max-changes 1; says err "--max-changes 1"
cat >siphash.py <<'PYTHON'
import sys
def siphash(data):
    mask = 2**64 - 1
    rotate = lambda x, b: ((x << b) | (x >> (64 - b))) & mask
    v = [0x736f6d6570736575, 0x646f72616e646f6d, 0x6c7967656e657261, 0x7465646279746573]
    def round_():
        v[0] = (v[0] + v[1]) & mask; v[1] = rotate(v[1], 13) ^ v[0]; v[0] = rotate(v[0], 32)
        v[2] = (v[2] + v[3]) & mask; v[3] = rotate(v[3], 16) ^ v[2]
        v[0] = (v[0] + v[3]) & mask; v[3] = rotate(v[3], 21) ^ v[0]
        v[2] = (v[2] + v[1]) & mask; v[1] = rotate(v[1], 17) ^ v[2]; v[2] = rotate(v[2], 32)
    padded = data + bytes(7 - len(data) % 8) + bytes([len(data) % 256])
    for at in range(0, len(padded), 8):
        word = int.from_bytes(padded[at:at + 8], "little")
        v[3] ^= word; round_(); round_(); v[0] ^= word
    v[2] ^= 255
    for _ in range(4):
        round_()
    return (v[0] ^ v[1] ^ v[2] ^ v[3]).to_bytes(8, "little").hex().encode()
path = sys.argv[1]
lines = open(path, "rb").read().split(b"\n")
assert lines[0][:16] == siphash(lines[0][17:]), "the checksum is not as documented"
lines[0] = lines[0][17:].replace(b'"journal":1', b'"journal":2')
lines[0] = siphash(lines[0]) + b" " + lines[0]
open(path, "wb").write(b"\n".join(lines))
PYTHON
rm -rf state; expect 0 repair "${source[@]}" --yes --state-dir state; fresh; rows >given
python3 siphash.py state/runs/*/journal || fail "the journal is not as docs/journal.md says"
refused 4 --state-dir state; says err "newer version"
expect 4 undo last --yes --state-dir state; says err "newer version"
rows | cmp -s - given || fail "a journal of a newer version was undone"

# --- prune keeps the newest
rm -rf state
for _ in 1 2 3; do fresh; expect 0 repair "${source[@]}" --yes --state-dir state; done
last=$(ls state/runs | tail -1)
expect 2 runs prune --state-dir state; says err "--keep N"
expect 0 runs prune --keep 1 --state-dir state; says out "removed 2 runs, kept 1"
[ "$(ls state/runs)" = "$last" ] || fail "prune kept another run"
expect 0 undo last --yes --state-dir state

# --- so many findings that their check runs once more as a whole, while an application has the lock that the repair waits for
rm -rf state; fresh
sqlite3 store.db "PRAGMA journal_mode = WAL; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15000)
  INSERT INTO sessions SELECT printf('%032x', 1000000 + i), 't', 'agenterm', CASE WHEN i % 5 = 0 THEN '@' || i ELSE '' END, 'claude', 'coder', 'running', 0, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' FROM n" >out
rows >given
mkfifo application
sqlite3 store.db <application & application=$!
exec 7>application
echo "BEGIN IMMEDIATE; UPDATE sessions SET tmux_window_id = '@99' WHERE id IN (printf('%032x', 1000007), printf('%032x', 1014999)); UPDATE sessions SET status = 'completed' WHERE id = printf('%032x', 1000008);" >&7
for _ in $(seq 100); do sqlite3 store.db "BEGIN IMMEDIATE; ROLLBACK" 2>out || break; sleep 0.05; done
"$AUDIT" repair "${source[@]}" --allow half-created-session=delete --max-changes 20000 --yes --state-dir state >out 2>err </dev/null & repair=$!
for _ in $(seq 400); do [ -n "$(ls state/runs 2>/dev/null)" ] && break; sleep 0.05; done
sleep 0.3
echo "COMMIT;" >&7; exec 7>&-
wait "$application"; wait "$repair" || fail "the repair that waited ended with exit $?"
[ "$(sqlite3 store.db "SELECT count(*) FROM sessions")" = 3003 ] || fail "left are $(sqlite3 store.db "SELECT count(*) FROM sessions") sessions, not the 3,000 with a window and the 3 that changed"
[ "$(sqlite3 store.db "SELECT count(*) FROM sessions WHERE tmux_window_id = '@99' OR status = 'completed'")" = 3 ] || fail "a session that changed was taken for what it had been"
sqlite3 store.db "UPDATE sessions SET tmux_window_id = '' WHERE tmux_window_id = '@99'; UPDATE sessions SET status = 'running' WHERE status = 'completed'"
expect 0 undo last --yes --state-dir state
rows | cmp -s - given || fail "its undo left something else"
fresh

# --- a dry run of what takes back, clears away or writes
rm -rf state; fresh; expect 0 repair "${source[@]}" --yes --state-dir state; rows >given; ls -R state >kept
expect 0 undo last --yes --dry-run --state-dir state; says out "2 of sessions as before"; says out "nothing was changed"
expect 0 undo last -n --state-dir state
expect 0 recover --dry-run --state-dir state; says out "nothing to recover"
expect 0 runs prune --keep 0 --dry-run --state-dir state; says out "would remove 1 run, keep 0"
expect 2 record there --dry-run "${source[@]}"; says err "--dry-run does not go with it"; [ ! -e there ] || fail "a dry run recorded something"
rows | cmp -s - given || fail "a dry run of an undo took something back"
ls -R state | cmp -s - kept || fail "a dry run changed what is kept: $(ls -R state)"

# --- undo shows what comes back, then asks
on_terminal "$(printf '%q ' "$AUDIT" undo last --state-dir state)"; wait_for '2 of sessions as before'; wait_for 'Type yes to go on:'
tmux -S "$socket" send-keys -t t "no" Enter; wait_for 'code=1'

# --- an undo that does not get its store leaves nothing, and is not what `last` means; from any directory
sqlite3 store.db "PRAGMA journal_mode = DELETE" >out
mkfifo holder
sqlite3 store.db <holder & holder=$!
exec 7>holder
echo "BEGIN EXCLUSIVE;" >&7
for _ in $(seq 100); do sqlite3 store.db "BEGIN IMMEDIATE; ROLLBACK" 2>out || break; sleep 0.05; done
expect 4 undo last --yes --state-dir state --set db.busy_timeout=100ms; says err "locked by another process"
[ "$(find state/runs -name journal | wc -l)" = 1 ] || fail "it left a run: $(ls -R state)"
echo "ROLLBACK;" >&7; exec 7>&-; wait "$holder"
(cd / && timeout 60 "$AUDIT" undo last --yes --state-dir "$work/state") >out 2>err </dev/null || fail "undo from another directory: exit $?"
[ "$(running)" = 2 ] || fail "it was not undone"

# --- a report that cannot be written is told beforehand; one that nevertheless fails keeps back no other, and is no fault of the command line
rm -rf state; fresh; rows >given
expect 2 repair "${source[@]}" --yes --state-dir state --format json=nowhere/x.json; says err "cannot write nowhere/x.json"
rows | cmp -s - given || fail "repaired although its report could not be written"
expect 3 repair "${source[@]}" --yes --state-dir state --format json=/dev/full --format text; says out "2 repaired"; says err "/dev/full"
fresh

# --- a run for each batch: what to type says so
rm -rf state; fresh
expect 0 repair "${source[@]}" --yes --batch 1 --state-dir state --format text --format json=batch.json
says out "take the last of 2 runs back"; says out "then the one before it"
[ "$(jq -r '[.run.id, .run.earlier_runs[]] | join(" ")' batch.json)" = "$(ls -r state/runs | paste -sd' ')" ] || fail "the runs of a batch: $(jq -c .run batch.json)"
for run in $(jq -r '[.run.id, .run.earlier_runs[]] | .[]' batch.json); do expect 0 undo "$run" --yes --state-dir state; done
[ "$(running)" = 2 ] || fail "the batches were not undone"

# --- what explains a finding better counts whatever was asked for; a record of a server is not written into
fresh
echo '{"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 7, "started_at": "2025-02-20T08:00:00Z"}, "windows": [
  {"window_id": "@3", "session_name": "agenterm", "window_name": "session-00000000", "owned": 1}, {"window_id": "@4", "session_name": "agenterm", "window_name": "session-ffffffff", "owned": 1}]}' >windows.json
sqlite3 store.db "DELETE FROM sessions WHERE id LIKE '%b'"
live=(--profile agenterm --set db.path=store.db --set tmux.snapshot=windows.json --max-fraction 1 --no-progress)
expect 1 "${live[@]}" --format json; [ "$(jq -r '[.findings[].check] | sort | join(" ")' out)" = "unlinked-window window-without-session" ] || fail "not what the test is made for: $(jq -c '[.findings[].check]' out)"
expect 0 "${live[@]}" --check half-created-session; expect 0 "${live[@]}" --exclude unlinked-window --exclude 'window-*'
# Two checks read the same windows, each of them other columns.
expect 0 "${live[@]}" --check half-created-session --check recycled-window
expect 0 repair "${live[@]}" --yes --check half-created-session --state-dir state2
[ "$(running)" = 1 ] || fail "a session whose window runs was marked"
expect 1 "${live[@]}" --irreversible --format json
[ "$(jq -r '[.plan.changes[].relation] | join(" ")' out)" = session ] || fail "a change of a record was planned: $(jq -c .plan out)"
jq -r '.findings[].refusal // empty' out | grep -q "recorded snapshot" || fail "it does not say why not: $(jq -c .findings out)"
rm -f gone.json; expect 1 "${live[@]}" --set tmux.snapshot=gone.json --check half-created-session --format json
[ "$(jq -r '.plan.changes | length' out)" = 0 ] || fail "planned although the server could not be read: $(jq -c '.findings, .plan' out)"
jq -e '.findings[0].refusal | contains("which may explain it better, could not run")' out >/dev/null || fail "it does not say what is held back and why: $(jq -c .findings out)"

# --- nothing to do, nothing written; the older spelling
fresh
expect 0 --repair "${source[@]}" --yes --state-dir state2
expect 0 repair "${source[@]}" --yes --state-dir state3; [ -z "$(ls -A state3/runs 2>/dev/null)" ] || fail "a repair without changes left a run"

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
