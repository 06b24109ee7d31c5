#!/usr/bin/env bash
# A check whose plan on the server would read a large table once per row is not run there: its rows are gathered, and it finds the same.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
work=$(mktemp -d)
chmod 711 "$work"
trap '"$AUDIT_SOURCE_DIR/tests/postgres" stop "$work/server"; rm -rf "$work"' EXIT
url=$("$AUDIT_SOURCE_DIR/tests/postgres" start "$work/server" "autovacuum = off") || exit 1
{
  cat "$AUDIT_SOURCE_DIR/tests/schemas/isol8-pre.sql"
  cat <<'SQL'
INSERT INTO users(id, has_encryption_keys) VALUES ('few', true), ('many', true);
INSERT INTO sessions SELECT 's' || n, CASE WHEN n <= 1500 THEN 'few' ELSE 'many' END, NULL, 'n', '2026-02-01', '2026-02-01' FROM generate_series(1, 22000) n;
INSERT INTO sessions VALUES ('s7-twin', 'many', NULL, 'n', '2026-02-01', '2026-02-01');
ANALYZE;
SQL
} | psql -qX -v ON_ERROR_STOP=1 "$url" >/dev/null || exit 1
mkdir "$work/checks"
cat >"$work/checks/twin.sql" <<'SQL'
/*
{ "id": "twin", "severity": "error", "subject": "session", "title": "session has a twin", "message": "session {id} has a twin", "why": "a test" }
*/
SELECT s.source, s.scope, s.id FROM session s
WHERE s.user_id = 'few' AND EXISTS (SELECT 1 FROM session o WHERE o.id = s.id || '-copy' || o.user_id OR substr(o.id, 1, 20) = s.id || '-twin')
SQL
# The same question where the server can hash: it is answered there.
sed -e 's/"id": "twin"/"id": "twin-hashed"/' -e "s/o.id = s.id || '-copy' || o.user_id OR //" "$work/checks/twin.sql" >"$work/checks/twin-hashed.sql"

"$AUDIT" --dry-run --profile isol8 --set "db.url=$url" --checks "$work/checks" --check 'twin*' --state-dir "$work/state" --no-progress --format json \
  --log-level debug >"$work/out" 2>"$work/err"
code=$?
python3 - "$work/out" "$code" <<'PY' || { cat "$work/err"; exit 1; }
import json, sys
report = json.load(open(sys.argv[1]))
placed = {c["check"]: (c["status"], c["placed"]) for c in report["checks"]}
found = sorted((f["check"], f["subject"]["id"]) for f in report["findings"])
assert sys.argv[2] == "1", sys.argv[2]
assert placed == {"twin": ("ran", "workbench"), "twin-hashed": ("ran", "db")}, placed
assert found == [("twin", "s7"), ("twin-hashed", "s7")], found
PY
grep -q 'twin: not run in the store: the plan scans sessions once per row' "$work/err" || { echo "FAIL: why it was gathered is not said"; cat "$work/err"; exit 1; }
echo "all passed"
