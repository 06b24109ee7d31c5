#!/usr/bin/env bash
# Random stores of all three generations of OpenClaw with planted faults and traps: exactly the faults are found.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
exec python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_openclaw_random.py"
