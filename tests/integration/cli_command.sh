#!/usr/bin/env bash
# The command as a person meets it: exit codes, what goes to which stream, files that it writes, signals.
set -uo pipefail
command -v sqlite3 >/dev/null || { echo "sqlite3 is not installed"; exit 1; }
source "${AUDIT_SOURCE_DIR:?the source tree}/tests/rig.sh"
silent() { [ ! -s "$1" ] || fail "$1 should be empty"; }

# One session was recorded and never got a window; the other, healthy one is over.
schema="$AUDIT_SOURCE_DIR/tests/schemas/agenterm-seed.sql"
sqlite3 store.db <"$schema"
sqlite3 store.db "INSERT INTO projects(id, name, repo_path, status, created_at, updated_at)
    VALUES ('p1', 'p', '/nowhere', 'active', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z');
  INSERT INTO tasks(id, project_id, title, description, status, depends_on, worktree_id, spec_path, created_at, updated_at)
    VALUES ('t1', 'p1', 't', '', 'running', '[]', '', '', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z');
  INSERT INTO sessions(id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at)
    VALUES ('0a1b2c3d000000000000000000000001', 't1', 'agenterm', '', 'claude', 'coder', 'running', 0, '2026-02-27T10:00:00Z', '2026-02-27T10:00:00Z'),
           ('0a1b2c3d000000000000000000000002', 't1', 'agenterm', '', 'claude', 'coder', 'completed', 0, '2026-02-27T10:00:00Z', '2026-02-27T10:00:00Z');" ||
  { echo "the fixture does not fit the schema"; exit 1; }
cat >tmux.json <<'JSON'
{"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 7, "started_at": "2026-02-20T08:00:00Z"}, "windows": []}
JSON
source=(--profile agenterm --set db.path=store.db --set tmux.snapshot=tmux.json --now 2026-03-01T12:00:00Z)

expect 2
silent out; says err "no session store was found"; says err "  hint: "
expect 0 --version; says out "audit "; silent err
expect 0 --help; says out "explain CHECK"
for offered in repair undo recover runs diff; do
  grep -qE "^  $offered( |$)" out || fail "--help does not offer $offered"
done
expect 0 repair --help; says out "what to keep: rows (default"
expect 2 chekcs; says err "did you mean audit checks?"
expect 2 --profil agenterm; says err "did you mean --profile?"
expect 2 --profile agentrm; says err "did you mean agenterm?"
expect 2 --check half-created-sesion "${source[@]}"; says err "did you mean half-created-session?"
expect 2 "${source[@]}" --set nosuch.path=x; says err "has no source 'nosuch'"

expect 1 "${source[@]}"; says out "half-created-session"; silent err
expect 1 scan "${source[@]}" --dry-run --format json
silent err
python3 - out <<'PY' || fail "the JSON report is not what was expected"
import json, sys
report = json.load(open(sys.argv[1]))
assert report["run"]["mode"] == "dry-run" and report["run"]["complete"] is True and report["run"]["id"]
assert [(f["check"], f["subject"]["id"], f["status"]) for f in report["findings"]] == [
    ("half-created-session", "0a1b2c3d000000000000000000000001", "new")], report["findings"]
assert report["summary"]["errors"] == 1
PY
expect 0 "${source[@]}" --fail-on never
expect 0 "${source[@]}" --exclude 'half-*' 
expect 0 "${source[@]}" --check shared-window
expect 3 --profile agenterm --set db.path=nothing.db --set tmux.snapshot=tmux.json --fail-on never; says out "INCOMPLETE"

# Nothing of the store changed, and nothing was left beside it.
[ "$(ls)" = "$(printf 'err\nhome\nout\nstore.db\ntmux.json')" ] || fail "left behind: $(ls | tr '\n' ' ')"

# Reports in files: whole or not at all.
expect 1 "${source[@]}" --format text --format json=report.json --format jsonl=report.jsonl
says out "half-created-session"; python3 -m json.tool report.json >/dev/null || fail "report.json is broken"
grep -q '"type"' report.jsonl || fail "report.jsonl has no types"
expect 1 "${source[@]}" --format json=report.json; silent out
expect 2 "${source[@]}" --format json=nowhere/report.json; says err "cannot write nowhere/report.json"; says err "name a file in a directory that is there"
ls -A | grep -q '^\.report' && fail "a temporary file was left"
timeout 60 "$AUDIT" "${source[@]}" >/dev/full 2>err; [ $? -eq 3 ] || fail "a full disk must not go unnoticed"
says err "cannot write to standard output"

# Colours: not in a pipe unless asked for.
expect 1 "${source[@]}"; grep -q $'\x1b' out && fail "colours in a pipe"
expect 1 "${source[@]}" --color always; grep -q $'\x1b' out || fail "no colours although asked for"

# Accepted findings.
expect 2 "${source[@]}" --write-baseline; says err "--baseline FILE"
expect 2 "${source[@]}" --baseline accepted.json; says err "accepted.json"
expect 0 "${source[@]}" --baseline accepted.json --write-baseline
expect 0 "${source[@]}" --baseline accepted.json
sed -i 's/"subject"/"expires":"2026-03-01T12:00:00Z","subject"/' accepted.json
expect 1 "${source[@]}" --baseline accepted.json
expect 3 --profile agenterm --set db.path=nothing.db --set tmux.snapshot=tmux.json --baseline new.json --write-baseline
[ -e new.json ] && fail "an incomplete audit wrote a baseline"

# Configuration: relative to its own directory.
mkdir conf
cat >conf/audit.json <<'JSON'
{ // of the test
  "profiles": [{"profile": "agenterm", "set": {"db.path": "../store.db", "tmux.snapshot": "../tmux.json"}}],
  "checks": {"half-created-session": {"severity": "note"}} }
JSON
expect 0 --config conf/audit.json --now 2026-03-01T12:00:00Z; says out "half-created-session"
expect 1 --config conf/audit.json --now 2026-03-01T12:00:00Z --fail-on note
expect 0 config check --config conf/audit.json; says out "is good"
expect 3 --config conf/audit.json --set db.path=nothing.db
sed -i 's/"severity"/"sevrity"/' conf/audit.json
expect 2 config check --config conf/audit.json; says err 'conf/audit.json:3: unknown key "sevrity"'; says err 'did you mean "severity"?'

# Where the log goes.
expect 1 "${source[@]}" --log-level debug; says err "debug"
expect 1 "${source[@]}" --log-level debug --log-file log.txt; silent err; [ -s log.txt ] || fail "the log file is empty"

# A deadline makes the audit incomplete, a signal ends it.
expect 3 "${source[@]}" --timeout 0 --format json; [ "$(jq -r '[.run.complete, ([.checks[] | select(.status == "failed")] | length > 20), (.findings | length)] | join(" ")' out)" = "false true 0" ] || fail "no report at a deadline"
python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$work/socket"
printf '#!/bin/sh\nexec sleep 30\n' >slow-tmux
chmod +x slow-tmux
"$AUDIT" --profile agenterm --set db.path=store.db --set tmux.tmux="$work/slow-tmux" --set tmux.path="$work/socket" \
  --set tmux.timeout=25s >out 2>err &
pid=$!
sleep 1
kill -TERM "$pid" || fail "the slow server was not waited for"
wait "$pid"; code=$?
[ "$code" -eq 130 ] || fail "SIGTERM: exit $code, expected 130"
says err "audit: interrupted"; silent out

# What there is to know.
expect 0 checks; says out "half-created-session"; says out "[sessions-have-windows]"; says out "[traits that they ask for]"
expect 0 checks --format json; python3 -m json.tool out >/dev/null || fail "audit checks --format json is no JSON"
expect 0 checks --profile agenterm; says out "half-created-session"; lacks out "transcript-corrupt"; lacks out "ended-at-mismatch"
expect 0 checks --profile openclaw; says out "transcript-corrupt"; lacks out "half-created-session"
printf '%s' '{"profile": "mine", "sources": {"db": {"adapter": "sqlite", "path": "none.db"}}, "relations": {
  "session": {"source": "db", "key": "id", "columns": {"id": "id", "status": "status", "state": {"from": "status", "map": {"on": "active"}}}}}}' >mine.json
expect 0 checks --profile ./mine.json; says out "bad-timestamp"; lacks out "unknown-status"; rm mine.json
expect 2 checks --profile agentrm; says err "did you mean agenterm?"
expect 0 explain transcript-corrupt; says out "  openclaw"; lacks out "isol8"
expect 0 explain relations; says out "transcript_line"
expect 0 explain session; says out "its key is id"; says out "the application's own word"; says out "agenterm, "
expect 0 explain message; says out "(never shown)"
expect 2 explain half-creatd; says err "did you mean half-created-session?"
expect 0 explain half-created-session; says out "mark-failed (safe)"; says out "FROM session s"
expect 0 profiles; says out "not looked for"; says out "not at"; says out "$HOME/.config/agenterm/agenterm.db"
expect 0 profiles show agenterm; says out 'db.path'; says out '= ${AGENTERM_DB:-'
mkdir -p "$HOME/.config/agenterm"; cp store.db "$HOME/.config/agenterm/agenterm.db"
expect 0 profiles; says out "found:"; says out "$HOME/.config/agenterm/agenterm.db"
rm -r "$HOME/.config"

# What prints text alone, or takes no options of an audit, says so.
for command in profiles "profiles show agenterm" "explain session" "config check --config conf/audit.json"; do
  expect 2 $command --format json; says err "prints text, and nothing else"; silent out
done
expect 0 explain session --format text
sed 's/"sevrity"/"severity"/; s/^{/{ "reports": [{"format": "json", "file": "last.json"}],/' conf/audit.json >conf/reports.json
expect 0 checks --config conf/reports.json; says out "half-created-session"
expect 2 checks --format junit; says err "prints text, json or markdown"

# Recording what is given gives it again: as a case that passes, and its snapshot stands in for the server as the first one does.
expect 0 record rec "${source[@]}"; silent err
says out "rec/given/db.sql  store.db"; says out "rec/given/tmux.json  tmux.json"; says out "rec/expect.json  1 finding, as in the stores"
expect 0 test rec; says out "1 case: 1 passed, 0 failed"
expect 1 --profile agenterm --set db.path=store.db --set tmux.snapshot=rec/given/tmux.json --now 2026-03-01T12:00:00Z --format json
grep -q half-created-session out || fail "the record differs"

# Fixture cases fail for what is wrong and only for that.
mkdir -p cases/good/given
cp "$schema" cases/good/given/schema.sql
sqlite3 store.db .dump | grep -E '^INSERT INTO (projects|tasks|sessions) ' >cases/good/given/rows.sql
cp tmux.json cases/good/given/
cat >cases/good/expect.json <<'JSON'
{ "title": "one half-created session", "profile": "agenterm", "now": "2026-03-01T12:00:00Z",
  "given": {"db": ["given/schema.sql", "given/rows.sql"], "tmux": "given/tmux.json"},
  "exit": 1, "complete": true, "findings": [{"check": "half-created-session", "id": "0a1b2c3d000000000000000000000001"}] }
JSON
expect 0 test cases; says out "1 case: 1 passed, 0 failed"
cp -r cases/good cases/bad
sed -i 's/000001"/000002"/' cases/bad/expect.json
expect 1 test cases --jobs 2; says out "FAIL cases/bad"; says out "missing finding:"; says out "unexpected finding:"
says out "2 cases: 1 passed, 1 failed"
sed -i 's/"findings"/"findngs"/' cases/bad/expect.json
expect 1 test cases/bad; says out 'unknown key "findngs"'
expect 2 test home; says err "there is no case"
expect 2 test cases/good --check nosuch; says err "audit test takes no --check"; says err "it takes --checks, --update"
expect 0 test cases/good --quiet --no-progress --jobs 1 --log-level info
expect 2 test nowhere; says err "nowhere does not exist"; says err "  hint: "
expect 2 config check --config nowhere.json; says err "nowhere.json: No such file"; says err "  hint: "

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
