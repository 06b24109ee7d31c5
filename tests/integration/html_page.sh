#!/usr/bin/env bash
# The HTML page in a browser: filter, search, theme, history, hostile ids; no request leaves it.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || { echo "chromium is not installed"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" TMUX_TMPDIR="$work" XDG_STATE_HOME="$work/state"
unset AGENTERM_DB STATE_DIRECTORY
mkdir -p "$HOME"
cd "$work" || exit 1
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }

from="$AUDIT_SOURCE_DIR/deploy/examples/agenterm"
{ grep -qs 'CREATE TABLE sessions' "$from"/*.sql || cat "$AUDIT_SOURCE_DIR/tests/schemas/agenterm-head.sql"; cat "$from"/*.sql; } | sqlite3 -bail agenterm.db || { echo "the example does not load"; exit 1; }
cp "$from/tmux.json" .
sqlite3 agenterm.db "INSERT INTO sessions(id, task_id, tmux_session_name, tmux_window_id, agent_type, role, status, created_at, last_activity_at)
  SELECT '<img src=x onerror=document.title=1><script>document.title=1</script>', task_id, tmux_session_name, tmux_window_id, agent_type, role, status, created_at, last_activity_at
  FROM sessions WHERE status = 'working' AND coalesce(tmux_window_id, '') = '' LIMIT 1"
for day in 1 2 3; do
  mkdir -p "state/audit/runs/2026030${day}T100000Z-0000000$day"
  jq -n --arg day "$day" '{schema: "audit-report/1", run: {id: ("r" + $day), mode: "repair", complete: true, started_at: ("2026-03-0" + $day + "T10:00:00.000Z"), duration_ms: 1, version: "0"},
    sources: [], checks: [], findings: [], plan: {id: "", changes: []}, summary: {errors: ($day | tonumber), warnings: 2, notes: 0, repairable: 0, planned: 0, baseline: 0, suppressed: 0}}' \
    >"state/audit/runs/2026030${day}T100000Z-0000000$day/report.json"
done
mkdir -p state/audit/runs/broken && echo '{' >state/audit/runs/broken/report.json
"$AUDIT" --profile agenterm --set db.path=agenterm.db --set tmux.snapshot=tmux.json --format html=page.html >/dev/null 2>err
[ -s page.html ] || { cat err; echo "there is no page"; exit 1; }
grep -q 'broken/report.json' err || fail "a report that cannot be read is not named"

# open FRAGMENT FILE: the page as it is after its script ran.
open() {
  timeout 200 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --user-data-dir="$work/browser" \
    --virtual-time-budget=2000 --enable-logging=stderr --dump-dom "file://$work/page.html$1" >"$2" 2>log || { fail "the browser failed: $(tail -n 3 log)"; }
  ! grep -iE 'CONSOLE.*(error|refused|violat|uncaught)' log || fail "the page complains"
}
count() { python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_html_page.py" "$1" "$2"; }
is() { local got; got=$(count "$1" "$2"); [ "$got" = "$3" ] || fail "$1: $2 is $got, expected $3"; }

open "" all.html
is all.html visible 6
is all.html status "6 shown"
is all.html bars 3
is all.html columns 4
is all.html title "audit: 5 errors, 1 warning"
is all.html scripts 1
is all.html images 0
# Every start of a browser costs seconds: filters are tried together.
open "#q=vim%20session&severity=error" words.html
is words.html visible 1
is words.html status "1 of 6 shown"
open "#source=agenterm%2Ftmux&severity=warning&theme=dark" store.html
is store.html visible 1
is store.html theme dark
open "#check=half-created-session&q=no-such-thing" none.html
is none.html visible 0
is none.html nothing shown

for theme in light dark; do
  timeout 200 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --user-data-dir="$work/browser" --hide-scrollbars \
    --window-size=1200,1600 --screenshot="$work/$theme.png" "file://$work/page.html#theme=$theme" >log 2>&1
  count "$theme.png" screenshot >size || fail "no screenshot in $theme: $(cat size)"
done
cmp -s light.png dark.png && fail "dark is light"
! grep -qE '(src|href)="(https?:)?//|url\(|@import|fetch\(|XMLHttp' page.html || fail "the page asks the network"
[ -z "${AUDIT_SCREENSHOTS:-}" ] || cp light.png dark.png "$AUDIT_SCREENSHOTS/"

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
