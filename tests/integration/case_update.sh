#!/usr/bin/env bash
# audit test: --update, JUnit and other reports of the outcome. audit diff: new, gone, unchanged, not looked at.
set -uo pipefail
limit=120
source "${AUDIT_SOURCE_DIR:?the source tree}/tests/rig.sh"

mkdir -p tests/cases
cp -r "$AUDIT_SOURCE_DIR/tests/schemas" tests/
cp -r "$AUDIT_SOURCE_DIR"/tests/cases/{recycled-window,shared-window} tests/cases/
good=tests/cases/recycled-window/expect.json
cp "$good" whole.json
expect 0 test tests/cases --format junit=junit.xml --format json=report.json; says out "2 cases: 2 passed, 0 failed"
python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_report_formats.py" junit junit.xml "$AUDIT_SOURCE_DIR" || fail "junit.xml"
python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_report_formats.py" json report.json "$AUDIT_SOURCE_DIR" || fail "report.json"
[ "$(grep -c '<testcase' junit.xml)" -eq 2 ] || fail "not a test case per case"

# A wrong id, a wrong plan and a missing finding: red, written anew, green, and only the expectation is another.
jq '.findings[0].id = "wrong" | .plan = [] | .exit = 0' whole.json >"$good"
expect 1 test tests/cases --format junit=junit.xml; says out "missing finding"; says out "2 cases: 1 passed, 1 failed"
grep -q '<testsuite name="agenterm" tests="2" failures="1"' junit.xml || fail "the failure is not in junit.xml"
expect 1 test tests/cases --format github; says out "::error title="
expect 0 test tests/cases --update; says out "updated tests/cases/recycled-window/expect.json"; says out "1 updated"
expect 0 test tests/cases; says out "2 cases: 2 passed, 0 failed"
jq -e --slurpfile old whole.json '.findings == $old[0].findings and .exit == 1 and .given == $old[0].given and (.plan | length) == ($old[0].plan | length)' "$good" >/dev/null ||
  fail "the expectation that was written: $(cat "$good")"
cp "$good" once.json
expect 0 test tests/cases --update; says out "0 updated"
cmp -s "$good" once.json || fail "an update of what is right wrote something"
# What cannot be run is not made right by an update.
rm tests/cases/shared-window/given/db.sql
expect 1 test tests/cases --update; says out "0 updated"

# diff
finding() { jq -n --arg check "$1" --arg id "$2" --arg severity "$3" '{check: $check, severity: $severity, profile: "p", subject: {relation: "session", source: "db", id: $id},
  message: ("about " + $id), evidence: {}, fingerprint: ($check + $id), status: "new", repairs: []}'; }
report() { # CHECKS FINDING...
  local checks=$1; shift
  printf '%s\n' "$@" | jq -s --arg checks "$checks" '{schema: "audit-report/1", run: {id: "r", mode: "dry-run", complete: true, started_at: "2026-03-01T00:00:00.000Z", duration_ms: 0, version: "0"},
    sources: [], checks: ($checks / " " | map({check: ., profile: "p", status: "ran", placed: "db", findings: 0, duration_ms: 0})), findings: ., plan: {id: "", changes: []},
    summary: {errors: 0, warnings: 0, notes: 0, repairable: 0, planned: 0, baseline: 0, suppressed: 0}}'
}
report "a b c" "$(finding a 1 error)" "$(finding b 2 warning)" "$(finding c 3 note)" >old.json
report "a b" "$(finding a 1 error)" "$(finding a 4 warning)" >new.json
expect 1 diff old.json new.json
says out "+  warning  a  about 4"; says out "-  warning  b  about 2"; says out "?  note"; says out "1 new, 1 gone, 1 unchanged, 1 not looked at again"
expect 0 diff old.json new.json --fail-on error
expect 0 diff old.json old.json; says out "0 new, 0 gone, 3 unchanged"
expect 0 diff new.json old.json --fail-on error --format json
jq -e '.appeared | map(.subject) == ["2", "3"]' out >/dev/null || fail "json: appeared"
jq '.findings[0].status = "repaired"' new.json >repaired.json
expect 1 diff old.json repaired.json; says out "1 new, 2 gone, 0 unchanged"
jq '.run.complete = false' new.json >incomplete.json
expect 3 diff old.json incomplete.json; says out "INCOMPLETE"
jq '.findings[1].message = "\u001b[31mred\n+ forged"' new.json >hostile.json
expect 1 diff old.json hostile.json
if grep -q $'\e' out || grep -q '^+ forged' out; then fail "hostile text got through"; fi
echo '{"a": 1}' >other.json
expect 2 diff old.json other.json; says err "other.json: not a whole report"; says err "hint:"
expect 2 diff old.json missing.json; says err "cannot read the report missing.json: No such file or directory"; says err "  hint: "
expect 2 diff old.json .; says err "cannot read the report .: it is a directory"
echo '{"schema": "audit-report/1", "run": {' >half.json
expect 2 diff half.json new.json; says err "half.json: not a report"; lacks err "json.exception"
# Lines, and the program's own reports.
cd tests && expect 0 test cases/recycled-window && cd .. || fail "cd"
sqlite3 -bail store.db <tests/schemas/agenterm-seed.sql
sqlite3 -bail store.db <tests/cases/recycled-window/given/db.sql
cp tests/cases/recycled-window/given/tmux.json .
source=(--profile agenterm --set db.path=store.db --set tmux.snapshot=tmux.json --now 2026-03-01T12:00:00Z)
expect 1 "${source[@]}" --format json=a.json --format jsonl=a.jsonl
expect 0 diff a.json a.jsonl; says out "0 new, 0 gone, 1 unchanged"

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
