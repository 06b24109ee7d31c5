#!/usr/bin/env bash
# audit record: the stores of every case, made live, recorded as they are and anonymised; what was recorded passes `audit test`, finds the same, and tells nothing it must not.
set -uo pipefail
source "${AUDIT_SOURCE_DIR:?the source tree}/tests/rig.sh"
tree=$AUDIT_SOURCE_DIR

AUDIT_TEST_REDIS=$("$tree/tests/redis" start "$work/redis") || fail "no Redis server"
export AUDIT_TEST_REDIS
trap '"$tree/tests/redis" stop "$work/redis"; rm -rf "$work"' EXIT
python3 -B "$tree/tests/integration/_record_cases.py" "$work" "$@" || fail "recorded cases"

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
