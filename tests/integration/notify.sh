#!/usr/bin/env bash
# Who is told what: the command of the configuration, what it gets, and what its failure means.
set -uo pipefail
source "${AUDIT_SOURCE_DIR:?the source tree}/tests/rig.sh"
told() { local n; n=$(wc -l <told 2>/dev/null || echo 0); [ "$n" -eq "$1" ] || fail "told $n times, expected $1: $2"; }

# The text of a row tries to be a command: it must stay data.
evil='$(touch pwned); `touch pwned` "; touch pwned #'
session() {
  sqlite3 store.db "INSERT INTO sessions(id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at)
    VALUES ('$1', 't1', 'agenterm', '', 'claude', 'coder', 'running', 0, '2026-02-27T12:00:00Z', '2026-02-27T12:00:00Z')"
}
sqlite3 store.db <"$AUDIT_SOURCE_DIR/tests/schemas/agenterm-seed.sql"
sqlite3 store.db "INSERT INTO projects(id, name, repo_path, status, created_at, updated_at) VALUES ('p1', 'p', '/nowhere', 'active', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z');
  INSERT INTO tasks(id, project_id, title, description, status, depends_on, worktree_id, spec_path, created_at, updated_at)
    VALUES ('t1', 'p1', 't', '', 'running', '[]', '', '', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z');" || fail "the fixture does not fit"
session "$evil"
cat >tmux.json <<'JSON'
{"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 7, "started_at": "2026-02-20T08:00:00Z"}, "windows": []}
JSON
cat >tell <<'SH'
#!/bin/sh
cat >got.json
echo "$AUDIT_OCCASIONS $AUDIT_APPEARED $AUDIT_GONE $AUDIT_REMINDER ${AUDIT_ERROR:-} $*" >>told
SH
chmod +x tell
config() { cat >conf.json <<JSON
{ "profiles": [{"profile": "agenterm", "set": {"db.path": "${2:-store.db}", "tmux.snapshot": "tmux.json"}}],
  "state_dir": "state", "notify": {"command": $1, "timeout": "2s"${3:-}} }
JSON
}
now=(--now 2026-03-01T12:00:00Z)
config '["./tell", "a b", "$HOME"]'

expect 1 --config conf.json "${now[@]}"; told 1 "a finding appeared"
[ "$(cat told)" = 'findings 1 0 0  a b $HOME' ] || fail "told: $(cat told)"
python3 - got.json "$evil" <<'PY' || fail "the report that was told is not what was expected"
import json, sys
report = json.load(open(sys.argv[1]))
assert report["schema"] == "audit-report/1" and [f["subject"]["id"] for f in report["findings"]] == [sys.argv[2]]
PY
expect 1 --config conf.json "${now[@]}"; expect 1 --config conf.json "${now[@]}"; told 1 "the same does not cry again"
session other
expect 1 --config conf.json "${now[@]}"; told 2 "another one appeared"
sqlite3 store.db "DELETE FROM sessions WHERE id = 'other'"
expect 0 --config conf.json "${now[@]}" --check shared-window
told 2 "a check that did not run says nothing"
expect 1 --config conf.json "${now[@]}"; told 3 "one is gone"; [ "$(tail -n 1 told)" = 'recovery 0 1 0  a b $HOME' ] || fail "told: $(tail -n 1 told)"
[ ! -e pwned ] || fail "text of a store was run"

# A store that cannot be read, and is read again.
mv store.db away.db
expect 3 --config conf.json "${now[@]}"; told 4 "a failure"; says told "failures 0 0 0"
expect 3 --config conf.json "${now[@]}"; told 4 "the same failure"
mv away.db store.db
expect 1 --config conf.json "${now[@]}"; told 5 "it is over"; [[ $(tail -n 1 told) == recovery* ]] || fail "told: $(tail -n 1 told)"

# A run without a report.
expect 2 --config conf.json "${now[@]}" --check 'nosuch-*'; told 6 "the run failed"; says told "there is no such check"
python3 -c 'import json; r = json.load(open("got.json")); assert r["run"]["complete"] is False and r["findings"] == []' || fail "its report"

expect 1 --config conf.json "${now[@]}"; told 7 "the next run does not"; [[ $(tail -n 1 told) == 'recovery 0 0 0'* ]] || fail "told: $(tail -n 1 told)"

# After the reminder interval (told a day ago).
find state -name 'notified-*.json' -exec sed -i 's/"at": "[^"]*"/"at": "2026-01-01T00:00:00Z"/' {} +
expect 1 --config conf.json "${now[@]}"; says told "findings 0 0 1"
lines=$(wc -l <told)
config '["./tell"]' store.db ', "remind": "0"'
find state -name 'notified-*.json' -exec sed -i 's/"at": "[^"]*"/"at": "2026-01-01T00:00:00Z"/' {} +
expect 1 --config conf.json "${now[@]}"; told "$lines" "no reminder"

# Whoever can write the configuration says what is run.
for mode in 666 620 602; do
  chmod "$mode" conf.json
  expect 2 --config conf.json "${now[@]}"; says err "others than its owner may write it"; says err "  hint: chmod go-w conf.json"
  expect 2 config check --config conf.json; says err "names a program that is run (notify.command)"
done
told "$lines" "a configuration of anybody"
chmod 640 conf.json; expect 0 config check --config conf.json
if [ "$(id -u)" -eq 0 ]; then
  chown 1 conf.json; expect 2 --config conf.json "${now[@]}"; says err "belongs to another user"
  chown 0 conf.json; expect 1 --config conf.json "${now[@]}"
fi
echo '{"grace": "10m"}' >open.json; chmod 666 open.json; expect 0 config check --config open.json

# What goes wrong is a line in the log, changes no exit code, and is told by the next run.
rm -r state
config '["./nosuch"]'; expect 1 --config conf.json "${now[@]}"; says err "notify: ./nosuch: there is no such program"
config '["false"]'; expect 1 --config conf.json "${now[@]}"; says err "notify: false: it exited with 1"
config '["./tell.sh"]'; : >tell.sh; expect 1 --config conf.json "${now[@]}"; says err "it cannot be run"
config '["sleep", "20"]'; SECONDS=0; expect 1 --config conf.json "${now[@]}"; says err "it was not done after 2s"; [ "$SECONDS" -le 8 ] || fail "it took $SECONDS s"
config '["./tell"]'; expect 1 --config conf.json "${now[@]}"; told $((lines + 1)) "told at last"
for file in state/notified-*.json; do echo '{' >"$file"; done
expect 1 --config conf.json "${now[@]}"; says err "what was told before is not known"; told $((lines + 2)) "a damaged memory is not silence"
expect 1 --config conf.json "${now[@]}"; told $((lines + 2)) "and it heals"

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
