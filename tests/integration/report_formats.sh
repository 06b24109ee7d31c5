#!/usr/bin/env bash
# Every format as the program writes it, against the schemas; several at once; the gate's exit codes.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" TMUX_TMPDIR="$work"
unset AGENTERM_DB XDG_STATE_HOME
mkdir -p "$HOME"
cd "$work" || exit 1
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }
expect() {
  local code=$1; shift
  timeout 60 "$AUDIT" "$@" >out 2>err </dev/null
  local got=$?
  [ "$got" -eq "$code" ] || { fail "audit $*: exit $got, expected $code"; head -n 5 err; }
}
valid() { python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_report_formats.py" "$1" "$2" "$AUDIT_SOURCE_DIR" || fail "$2 is not valid $1"; }

from="$AUDIT_SOURCE_DIR/deploy/examples/agenterm"
{ grep -qs 'CREATE TABLE sessions' "$from"/*.sql || cat "$AUDIT_SOURCE_DIR/tests/schemas/agenterm-head.sql"; cat "$from"/*.sql; } >all.sql
sqlite3 -bail agenterm.db <all.sql || { echo "the example does not load"; exit 1; }
cp "$from/tmux.json" .
source=(--profile agenterm --set db.path=agenterm.db --set tmux.snapshot=tmux.json)

formats=(json jsonl junit sarif markdown html github gitlab prometheus)
all=(--format text)
for format in "${formats[@]}"; do all+=(--format "$format=out.$format"); done
expect 1 "${source[@]}" "${all[@]}"
grep -q "half-created-session" out || fail "standard output has no text report"
for format in "${formats[@]}"; do
  [ -s "out.$format" ] || fail "there is no $format"
  [ "$format" = prometheus ] || grep -q half-created-session "out.$format" || fail "$format does not name the check"
done
for format in json jsonl junit sarif gitlab prometheus; do valid "$format" "out.$format"; done
[ -z "$(find . -name '.out.*')" ] || fail "a temporary file is left"
[ "$(wc -c <out.markdown)" -lt 65536 ] || fail "the comment is too long"

# A session whose id is hostile.
hostile=$'<script>alert(1)</script>\n::error::x\e[31m"]}'
sqlite3 agenterm.db "INSERT INTO sessions(id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, created_at, last_activity_at)
  SELECT '${hostile}', task_id, tmux_session_name, tmux_window_id, agent_type, role, status, created_at, last_activity_at
  FROM sessions WHERE id = (SELECT min(id) FROM sessions WHERE status = 'working' AND coalesce(tmux_window_id, '') = '')" || fail "insert"
expect 1 "${source[@]}" "${all[@]}"
for format in json jsonl junit sarif gitlab prometheus; do valid "$format" "out.$format"; done
for format in json sarif gitlab; do grep -q 'u001b' "out.$format" || fail "$format does not have the hostile id"; done
for format in junit html markdown; do ! grep -q '<script>alert' "out.$format" || fail "$format has the id as markup"; done
! grep -q $'\e' out out.* || fail "an escape character got through"

# Baseline: unchanged, then gone; and thresholds.
expect 0 "${source[@]}" --baseline accepted.json --write-baseline --format sarif=base.sarif --format json=base.json
valid sarif base.sarif; valid json base.json
jq -e '[.runs[0].results[].baselineState] | unique == ["unchanged"]' base.sarif >tmp || fail "baselineState: $(cat tmp)"
sqlite3 agenterm.db "DELETE FROM sessions WHERE id = '${hostile}'"
soon=$(date -u -d '10 days' +%Y-%m-%dT00:00:00Z)
late=$(date -u -d '20 days' +%Y-%m-%dT00:00:00Z)
jq --arg soon "$soon" '(.findings[] | select(.check == "recycled-window")) += {"reason": "known since March", "expires": $soon}' accepted.json >reasons.json
expect 0 "${source[@]}" --baseline reasons.json --format sarif=gone.sarif --format json=gone.json
valid sarif gone.sarif; valid json gone.json
[ "$(jq -r '[.runs[0].results[] | select(.baselineState == "absent")] | length' gone.sarif)" -ge 1 ] || fail "nothing is absent"
[ "$(jq .summary.absent gone.json)" -ge 1 ] || fail "summary.absent"
jq -e '.runs[0].results[] | select(.ruleId == "recycled-window") | .suppressions[0].justification == "known since March"' gone.sarif >tmp || fail "no justification"
# When the acceptance has run out, the finding is new again.
expect 1 "${source[@]}" --now "$late" --baseline reasons.json --check recycled-window --format json=late.json
jq -e --arg soon "${soon%Z}.000Z" '.findings[0].status == "new" and .findings[0].accepted.expires == $soon' late.json >tmp || fail "expired: $(cat late.json)"

errors=$(jq '[.findings[] | select(.check == "half-created-session")] | length' base.json)
printf '{"checks": {"half-created-session": {"max": %d}}}' "$errors" >enough.json
printf '{"checks": {"half-created-session": {"max": 0}}}' >none.json
expect 0 "${source[@]}" --config enough.json --check half-created-session
expect 1 "${source[@]}" --config none.json --check half-created-session
echo '{"checks": {"half-created-session": {"max": -1}}}' >bad.json
expect 2 "${source[@]}" --config bad.json
grep -q '"max"' err || fail "the mistake is not named"

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
