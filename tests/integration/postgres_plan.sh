#!/usr/bin/env bash
# The server plans a pushed-down check as it plans the query that one would write by hand: same joins, same scans, same indexes.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
work=$(mktemp -d)
chmod 711 "$work"
trap '"$AUDIT_SOURCE_DIR/tests/postgres" stop "$work/server"; rm -rf "$work"' EXIT
url=$("$AUDIT_SOURCE_DIR/tests/postgres" start "$work/server" "session_preload_libraries = auto_explain" "auto_explain.log_min_duration = 0" \
  "auto_explain.log_format = json" "max_parallel_workers_per_gather = 0" "log_line_prefix = ''" "log_statement = none" \
  "autovacuum = off" "default_statistics_target = 10000") || exit 1
log="$work/server/data/log"
sed 's/:rows/30000/g' "$AUDIT_SOURCE_DIR/tests/bench/postgres.sql" | psql -qX -v ON_ERROR_STOP=1 "$url" >/dev/null || exit 1
echo '{"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 1, "started_at": "2026-02-01T00:00:00Z"}, "windows": []}' >"$work/tmux.json"

# shape FROM: the plans in the log from byte FROM on whose text reads a table of ours, without costs and conditions. The longest is that of the check.
shape() {
  tail -c "+$1" "$log" | python3 -c '
import json, re, sys
def shape(plan):
    own = [plan["Node Type"]] + [str(plan[k]) for k in ("Join Type", "Relation Name", "Index Name", "Strategy") if k in plan]
    # Neither a projection nor the hashing of an input is a step of its own.
    inner = [shape(p) for p in plan.get("Plans", [])]
    if plan["Node Type"] in ("Subquery Scan", "Hash") and len(inner) == 1:
        return inner[0]
    # Which side of a hash join is hashed hangs on a few bytes of width.
    if plan["Node Type"] == "Hash Join" and plan["Join Type"] in ("Inner", "Left", "Right"):
        own[1], inner = ("Inner" if plan["Join Type"] == "Inner" else "Outer"), sorted(inner, key=str)
    return [" ".join(own)] + inner
plans = []
for text in re.findall(r"plan:\n(\t\{.*?\n\t\})\n", sys.stdin.read() + "\n", re.S):
    found = json.loads(text)
    if "Relation Name" in json.dumps(found) and not re.search(r"pg_(class|settings)", found["Query Text"]):
        plans.append(found["Plan"])
print(json.dumps([shape(p) for p in plans], indent=1))
'
}

failures=0
for check in empty-session orphan-message message-before-session message-count-drift session-without-owner session-behind-messages \
  unanswered-message answer-without-question; do
  begin=$(($(wc -c <"$log") + 1))
  "$AUDIT" --profile "$AUDIT_SOURCE_DIR/tests/bench/postgres.json" --set "db.url=$url" --set "tmux.snapshot=$work/tmux.json" --check "$check" \
    --now 2026-03-01T12:00:00Z --jobs 1 --no-progress --format json >"$work/out" 2>"$work/err"
  shape "$begin" >"$work/audit"
  begin=$(($(wc -c <"$log") + 1))
  # A query by hand that only PostgreSQL runs (LATERAL) is what the benchmark compares times with; its plan is another one by design.
  queries="$AUDIT_SOURCE_DIR/tests/bench/queries/postgres"
  hand="$queries/plans/$check.sql"
  [ -e "$hand" ] || hand="$queries/$check.sql"
  sed "s/:cutoff/timestamp '2026-03-01 11:50:00'/" "$hand" | psql -qXAt "$url" >/dev/null
  shape "$begin" >"$work/hand"
  # Where two stages are cheaper there are two plans; one of them must be the one by hand.
  if ! python3 - "$work/audit" "$work/hand" <<'PY'
import json, sys
audit, hand = (json.load(open(p)) for p in sys.argv[1:])
if not hand: sys.exit("no plan of the query by hand was logged")
def flat(plan): return [plan[0]] + [x for p in plan[1:] for x in flat(p)]
if hand[-1] in audit: sys.exit(0)
print("by hand:", json.dumps(hand[-1], indent=1)); print("audit:", json.dumps(audit, indent=1)); sys.exit(1)
PY
  then
    echo "FAIL: $check"
    failures=$((failures + 1))
  fi
done
[ "$failures" -eq 0 ] && echo "all passed"
exit $((failures > 0))
