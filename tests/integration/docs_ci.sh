#!/usr/bin/env bash
# Runs every block of docs/ci.md in turn, in one directory, and holds it to the exit code that its first line names.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
export AUDIT AUDIT_SOURCE_DIR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" TMUX_TMPDIR="$work"
unset AGENTERM_DB NO_COLOR XDG_STATE_HOME AUDIT_CASES AUDIT_ARGUMENTS AUDIT_REPORTS GITHUB_ACTIONS GITHUB_STEP_SUMMARY
mkdir -p "$HOME"
cd "$work" || exit 1
awk '/^```sh$/ {number++; file = sprintf("block-%02d", number); inside = 1; next} /^```$/ {inside = 0} inside {print > file}' "$AUDIT_SOURCE_DIR/docs/ci.md"
ran=0
failures=0
for block in block-*; do
  expected=$(sed -n '1s/^# exit \([0-9]*\)$/\1/p' "$block")
  [ -n "$expected" ] || { echo "FAIL: a block of docs/ci.md names no exit code: $(head -n 1 "$block")"; failures=$((failures + 1)); continue; }
  directory=.
  [ ! -d my-gate ] || directory=my-gate
  # The last command decides; what comes before it must work.
  (cd "$directory" && bash -euo pipefail "$work/$block") >out 2>&1 </dev/null
  got=$?
  ran=$((ran + 1))
  [ "$got" -eq "$expected" ] || { echo "FAIL: exit $got, expected $expected:"; cat "$block"; sed 's/^/  /' out; failures=$((failures + 1)); }
done
[ "$ran" -ge 11 ] || { echo "only $ran blocks"; failures=$((failures + 1)); }
[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "$ran blocks, all as the page says"
