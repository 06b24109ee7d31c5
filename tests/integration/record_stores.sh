#!/usr/bin/env bash
# audit record: what is written down of a database makes the very same database again, and an anonymised one of the same form.
set -uo pipefail
source "${AUDIT_SOURCE_DIR:?the source tree}/tests/rig.sh"
: "${AUDIT_TEST_POSTGRES:?tests/run starts a server}"

for kind in sqlite postgres; do
  mkdir "$kind"
  (cd "$kind" && python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_record_stores.py" "$kind") || fail "$kind"
done

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
