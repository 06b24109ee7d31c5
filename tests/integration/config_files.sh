#!/usr/bin/env bash
# The configuration file: the program and the JSON Schema accept the same files, and what a file says holds for the run.
set -uo pipefail
here="${AUDIT_SOURCE_DIR:?the source tree}/tests"
source "${AUDIT_SOURCE_DIR:?the source tree}/tests/rig.sh"

# --- the schema and the program agree
schema="$AUDIT_SOURCE_DIR/docs/audit-config.schema.json"
# Copies: who owns a checkout, and who else may write it, is not what is tested here.
mkdir copies
cp -r "$here"/configs/good "$AUDIT_SOURCE_DIR"/deploy/config copies
good=("$work"/copies/good/*.json "$work"/copies/config/*.json)
bad=("$here"/configs/bad/*.json)
[ "${#good[@]}" -ge 2 ] && [ "${#bad[@]}" -ge 25 ] || fail "the files are missing"
python3 -B "$here/integration/_config_schema.py" "$schema" "${good[@]}" "${bad[@]}" >verdicts 2>&1 || { cat verdicts; fail "the schema could not be used"; }
for file in "${good[@]}"; do
  grep -qxF "good $file" verdicts || { grep -F "$file" verdicts; fail "the schema refuses $file"; }
  expect 0 config check --config "$file"; says out "is good"
done
# The example of the manual is the file that is tested.
sed -n '/^```jsonc$/,/^```$/p' "$AUDIT_SOURCE_DIR/docs/config.md" | sed '1d;$d' | cmp - "$AUDIT_SOURCE_DIR/deploy/config/whole.json" || fail "docs/config.md shows another file"
for file in "${bad[@]}"; do
  grep -qF "bad $file: " verdicts || fail "the schema accepts $file"
  expect 2 config check --config "$file"; says err "$file:1: "
done

# --- what the schema cannot say: each with its line
refuses() { # FRAGMENT MESSAGE HINT: the fragment is the third line of the file
  printf '{ "profiles": [\n  "openclaw",\n  %s }\n' "$1" >conf.json
  expect 2 config check --config conf.json; says err "conf.json:3: $2"; says err "$3"
}
refuses '{"profile": "agenterm", "set": {"db.pth": "x"}}]' "no source of profile agenterm has an option 'db.pth'" 'did you mean "db.path"?'
refuses '{"profile": "agenterm", "set": {"bd.path": "x"}}]' "no source of profile agenterm has an option 'bd.path'" 'did you mean "db.path"?'
refuses '"agenterm"], "reports": [{"format": "jsn", "file": "x"}]' "there is no format 'jsn'" "did you mean json?"
refuses '"agenterm"], "profiles": ["agenterm"]' '"profiles" is there twice, first in line 1' ''

# --- what it read
cp -r "$here/configs/good" good
expect 0 config check --config good/whole.json
for text in "agenterm-staging: agenterm" "half-created-session, warning, grace 1h" "stuck-pending-session, limit 7200000" "unknown-status, disabled" \
  "repairs only sun-fri 22:00-06:00, sat 00:00-24:00 UTC" "half-created-session=delete" "on findings repairs failures recovery, again after 12h" \
  "warning: there is no program /usr/local/bin/tell here" "json to /var/lib/session-audit/last.json"; do
  says out "$text"
done

config_log='{"log": {"file": "never.log"}}'; echo "$config_log" >conf.json
expect 0 config check --config conf.json; [ ! -e never.log ] || fail "checking a configuration makes its log file"

# --- a store with one session that never got a window (2 days old) and one that was left in between (20 minutes old)
sqlite3 store.db <"$here/schemas/agenterm-seed.sql"
sqlite3 store.db "INSERT INTO projects(id, name, repo_path, status, created_at, updated_at) VALUES ('p1', 'p', '/nowhere', 'active', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z');
  INSERT INTO tasks(id, project_id, title, description, status, depends_on, worktree_id, spec_path, created_at, updated_at)
    VALUES ('t1', 'p1', 't', '', 'running', '[]', '', '', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z');
  INSERT INTO sessions(id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, human_attached, created_at, last_activity_at)
    VALUES ('0a1b2c3d000000000000000000000001', 't1', 'agenterm', '', 'claude', 'coder', 'running', 0, '2026-02-27T12:00:00Z', '2026-02-27T12:00:00Z'),
           ('0a1b2c3d000000000000000000000002', 't1', 'agenterm', '', 'claude', 'coder', 'running', 0, '2026-03-01T11:40:00Z', '2026-03-01T11:40:00Z');" || fail "the fixture does not fit"
cat >tmux.json <<'JSON'
{"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 7, "started_at": "2026-02-20T08:00:00Z"}, "windows": []}
JSON
config() { cat >conf.json; }
now=(--now 2026-03-01T12:00:00Z)
profile='{"profile": "agenterm", "set": {"db.path": "store.db", "tmux.snapshot": "tmux.json"}}'
count() { python3 -c 'import json, sys; print(sum(f["check"] == "half-created-session" and f["status"] == "new" for f in json.load(open(sys.argv[1]))["findings"]))' "$1"; }

config <<<'{"profiles": ['"$profile"'], "reports": [{"format": "json", "file": "report.json"}]}'
expect 1 --config conf.json "${now[@]}"; says out half-created-session; [ "$(count report.json)" = 2 ] || fail "two sessions are half created"
expect 1 --config conf.json "${now[@]}" --format json; [ "$(count out)" = 2 ] || fail "--format json goes to standard output"
config <<<'{"profiles": ['"$profile"'], "checks": {"half-created-session": {"grace": "1h"}}}'
expect 1 --config conf.json "${now[@]}" --format json; [ "$(count out)" = 1 ] || fail "a check's grace is not used"
config <<<'{"profiles": ['"$profile"'], "checks": {"half-created-session": {"grace": "7d"}}}'
expect 0 --config conf.json "${now[@]}"
config <<<'{"profiles": ['"$profile"'], "checks": {"bad-timestamp": {"grace": "1h"}}}'
expect 2 config check --config conf.json; says err "it has no grace"
config <<<'{"profiles": ['"$profile"'], "checks": {"stuck-pending-session": {"params": {"limt": "1h"}}}}'
expect 2 config check --config conf.json; says err "has no parameter 'limt'"; says err 'did you mean "limit"?'
config <<<'{"profiles": ['"$profile"'], "checks": {"stuck-pending-session": {"params": {"limit": "soon"}}}}'
expect 2 config check --config conf.json; says err "of another kind"
config <<<'{"profiles": ['"$profile"', "agenterm"]}'
expect 2 config check --config conf.json; says err "there are two profiles 'agenterm'"
config <<<'{"profiles": ['"$profile"', {"profile": "agenterm", "name": "other", "set": {"db.path": "store.db", "tmux.snapshot": "tmux.json"}}]}'
expect 1 --config conf.json "${now[@]}" --format json; [ "$(count out)" = 4 ] || fail "a profile twice"; says out '"profile":"other"'
expect 1 --config conf.json "${now[@]}" --profile other --format json; [ "$(count out)" = 2 ] || fail "--profile takes the name"
expect 2 --config conf.json --profile othre; says err "did you mean other?"
expect 2 --config conf.json --profile agentrm; says err "did you mean agenterm?"
expect 2 --config conf.json --profile whatever; says err "the configuration names agenterm, other"

# --- repair policy and limits hold for the plan that is shown
config <<<'{"profiles": ['"$profile"'], "repair": {"allow": {"half-created-session": "delete"}, "max_fraction": 1}}'
expect 1 --config conf.json "${now[@]}" --format json; says out '"op":"delete"'
config <<<'{"profiles": ['"$profile"'], "repair": {"max_changes": 1}}'
expect 1 --config conf.json "${now[@]}" --format json; says out '"refused"'
expect 1 --config conf.json "${now[@]}" --max-changes 5 --format json; if grep -q '"refused":' out; then fail "the command line goes first"; fi
config <<<'{"profiles": ['"$profile"'], "repair": {"allow": {"half-created-session": "delet"}}}'
expect 2 config check --config conf.json; says err 'did you mean "delete"?'

# --- the log
config <<<'{"profiles": ['"$profile"'], "log": {"file": "logs.txt", "format": "json"}}'
expect 1 --config conf.json "${now[@]}"
python3 -c 'import json; line = json.loads(open("logs.txt").readline()); assert line["level"] == "info" and "(dry-run): 2 errors" in line["message"], line' || fail "no JSON line in the log"
expect 2 --config conf.json --profile nosuch; python3 -c 'import json; assert json.loads(open("logs.txt").readlines()[-1])["level"] == "error"' || fail "the error is not in the log"
says err "there is no profile 'nosuch'"
expect 2 --profile nosuch --log-format json; python3 -c 'import json; assert json.load(open("err"))["hint"]' || fail "no JSON on standard error"
: >big; JOURNAL_STREAM=$(stat -c %d:%i big) timeout 60 "$AUDIT" --profile nosuch >out 2>big; grep -q "^<3>audit: there is no profile 'nosuch'; hint: " big || { cat big; fail "no priority for the journal"; }
: >big; JOURNAL_STREAM=$(stat -c %d:%i big) timeout 60 "$AUDIT" --config conf.json --log-level info --log-file '' >out 2>big; [ "$?" -eq 2 ] || fail "an empty --log-file"
config <<<'{"profiles": ['"$profile"']}'
: >big; JOURNAL_STREAM=$(stat -c %d:%i big) timeout 60 "$AUDIT" --config conf.json "${now[@]}" >out 2>big; grep -q "^<6>audit: run " big || { cat big; fail "no line for the journal"; }
: >big; JOURNAL_STREAM=1:1 timeout 60 "$AUDIT" --config conf.json "${now[@]}" >out 2>big; [ ! -s big ] || fail "somebody else's journal"
head -c 11000000 /dev/zero >rotated; expect 1 --config conf.json "${now[@]}" --log-file rotated
[ "$(stat -c %s rotated.1 2>/dev/null)" = 11000000 ] && [ "$(stat -c %s rotated)" -lt 1000 ] || fail "the log did not rotate"

# --- the time limit holds for the whole run
python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$work/socket"
printf '#!/bin/sh\nexec sleep 30\n' >slow-tmux; chmod +x slow-tmux
config <<<'{"timeout": "1s", "profiles": [{"profile": "agenterm", "set": {"db.path": "store.db", "tmux.tmux": "'"$work"'/slow-tmux", "tmux.path": "socket", "tmux.timeout": "25s"}}]}'
SECONDS=0; expect 3 --config conf.json "${now[@]}" --format text --format json=late.json; [ "$SECONDS" -le 6 ] || fail "it took $SECONDS s"; says out "time limit"; says out INCOMPLETE
# What was found by then is told, without a plan; the rest has failed.
[ "$(jq -r '[.run.complete, ([.checks[] | select(.status == "ran")] | length > 5), ([.checks[] | select(.status == "failed" and (.reason | test("time limit")))] | length > 5), (.plan.changes | length)] | join(" ")' late.json)" = "false true true 0" ] ||
  fail "the report of a run that was ended: $(jq -c '[.run.complete, [.checks[].status], .plan]' late.json | cut -c1-600)"

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
