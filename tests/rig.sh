# Sourced by scripts in tests/integration that call the command: an empty directory of their own, a home in it, and how to say what is expected.
# They end with what `failures` counts. `limit`: seconds that one call may take.
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" TMUX_TMPDIR="$work"
unset AGENTERM_DB NO_COLOR XDG_STATE_HOME STATE_DIRECTORY JOURNAL_STREAM COLUMNS
umask 022  # a configuration that others may write is refused
mkdir -p "$HOME"
cd "$work" || exit 1
failures=0

fail() { echo "FAIL: $*"; sed 's/^/  out: /' out 2>/dev/null; sed 's/^/  err: /' err 2>/dev/null; failures=$((failures + 1)); }
# expect CODE ARGUMENT... : runs audit; out and err keep what it wrote.
expect() {
  local code=$1; shift
  timeout "${limit:-60}" "$AUDIT" "$@" >out 2>err </dev/null
  local got=$?
  [ "$got" -eq "$code" ] || fail "audit $*: exit $got, expected $code"
}
says() { grep -qF -- "$2" "$1" || fail "$1 does not say: $2"; }
lacks() { ! grep -qF -- "$2" "$1" || fail "$1 says: $2"; }
