#!/usr/bin/env bash
# `audit repair --yes` as a scheduler calls it: windows, the lock, what is told, what is kept.
set -uo pipefail
source "${AUDIT_SOURCE_DIR:?the source tree}/tests/rig.sh"
status() { local got; got=$(sqlite3 store.db "SELECT status FROM sessions WHERE id = '$1'"); [ "$got" = "$2" ] || fail "$1 is $got, expected $2"; }
session() {
  sqlite3 store.db "INSERT INTO sessions(id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at)
    VALUES ('$1', 't1', 'agenterm', '', 'claude', 'coder', 'running', 0, '2026-02-27T12:00:00Z', '2026-02-27T12:00:00Z')"
}
sqlite3 store.db <"$AUDIT_SOURCE_DIR/tests/schemas/agenterm-seed.sql"
sqlite3 store.db "INSERT INTO projects(id, name, repo_path, status, created_at, updated_at) VALUES ('p1', 'p', '/nowhere', 'active', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z');
  INSERT INTO tasks(id, project_id, title, description, status, depends_on, worktree_id, spec_path, created_at, updated_at)
    VALUES ('t1', 'p1', 't', '', 'running', '[]', '', '', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z');" || fail "the fixture does not fit"
cat >tmux.json <<'JSON'
{"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 7, "started_at": "2026-02-20T08:00:00Z"}, "windows": []}
JSON
printf '#!/bin/sh\ncat >got.json\necho "$AUDIT_OCCASIONS" >>told\n' >tell
chmod +x tell
: >told
config() { cat >conf.json <<JSON
{ "profiles": [{"profile": "agenterm", "set": {"db.path": "store.db", "tmux.snapshot": "tmux.json"}}],
  "state_dir": "state", "log": {"file": "log"}, "notify": {"command": ["./tell"], "on": ["repairs", "failures"]}$1 }
JSON
}
job=(repair --yes --config conf.json --quiet --no-progress --now 2026-03-01T12:00:00Z)

# Outside of its window (an hour that begins two hours from now) a repair only looks.
session one
config ", \"schedule\": {\"zone\": \"utc\", \"repair\": [{\"from\": \"$(date -u -d '+2 hours' +%H:%M)\", \"to\": \"$(date -u -d '+3 hours' +%H:%M)\"}]}"
expect 1 "${job[@]}" --format json; status one running; says log "no repair at this time (daily "; says out '"mode":"dry-run"'
[ ! -s told ] || fail "told of a repair that was not made"

# Inside of it, it repairs, and says so.
config ", \"schedule\": {\"zone\": \"utc\", \"repair\": [{\"from\": \"$(date -u -d '-1 hour' +%H:%M)\", \"to\": \"$(date -u -d '+1 hour' +%H:%M)\"}]}"
expect 0 "${job[@]}"; status one completed; [ "$(cat told)" = repairs ] || fail "told: $(cat told)"
says log "(repair): 0 errors"
expect 0 "${job[@]}"; [ "$(wc -l <told)" -eq 1 ] || fail "a run without repairs was told"

# Another repair holds the lock: exit 5, one line, nothing told; with --wait it takes its turn.
session two
lock=$(find state -maxdepth 1 -type f -name '*lock*' | head -n 1)
[ -n "$lock" ] || fail "there is no lock file in $(ls -A state)"
# It is held until the files say otherwise, however long the runs take.
flock "$lock" sh -c 'touch held; while [ ! -e release ]; do sleep 0.1; done; sleep 1' &
holder=$!
until [ -e held ]; do sleep 0.05; done
lines=$(wc -l <log)
expect 5 "${job[@]}"; status two running; [ "$(wc -l <told)" -eq 1 ] || fail "a held lock was told"
[ ! -s out ] && [ ! -s err ] && [ "$(wc -l <log)" -eq $((lines + 1)) ] || fail "a held lock is one line in the log"
tail -n 1 log >last; says last "warning another repair is running: process "
expect 5 repair --yes --config conf.json --no-progress --now 2026-03-01T12:00:00Z; says err "another repair is running"; says err "--wait 5m"
touch release
expect 0 "${job[@]}" --wait 30s; status two completed
wait "$holder"

# The state directory stays small.
config ', "retention": {"runs": 2}'
for id in three four five six; do session "$id"; expect 0 "${job[@]}"; status "$id" completed; done
kept=$(find state/runs -mindepth 1 -maxdepth 1 | wc -l)
[ "$kept" -eq 2 ] || fail "$kept runs are kept, 2 were asked for"
says log "retention: removed 1 run"
expect 0 undo last --yes --config conf.json --now 2026-03-01T12:00:00Z --fail-on never; status six running; status five completed

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
