#!/usr/bin/env bash
# What the documents tell a reader to type works, and prints what they show.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
work=$(mktemp -d)
chmod 711 "$work"  # a server of its own runs as another user
trap 'rm -rf "$work"' EXIT
unset AGENTERM_DB NO_COLOR XDG_STATE_HOME XDG_CONFIG_HOME STATE_DIRECTORY JOURNAL_STREAM TMUX DATABASE_URL
[ "$(basename "$AUDIT")" = audit ] || { mkdir "$work/bin"; ln -s "$AUDIT" "$work/bin/audit"; AUDIT="$work/bin/audit"; }
exec python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_docs_commands.py" "$AUDIT_SOURCE_DIR" "$AUDIT" "$work/docs"
