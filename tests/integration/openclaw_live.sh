#!/usr/bin/env bash
# OpenClaw's stores when they are large, damaged, or written while they are read.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
exec python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_openclaw_live.py"
