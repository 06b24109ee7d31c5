#!/usr/bin/env bash
# Redis as it fails and as it is used: addresses, passwords, rights, clusters, loading, many keys, a live writer; and nothing is changed by an audit.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
work=$(mktemp -d)
trap 'for server in "$work"/*/; do [ ! -e "$server/pid" ] || "$AUDIT_SOURCE_DIR/tests/redis" stop "${server%/}"; done; rm -rf "$work"' EXIT
unset REDIS_URL REDIS_PREFIX ACTIONFLOWS_HISTORY
export HOME="$work" LC_ALL=C.UTF-8
cd "$work" || exit 1
failures=0

fail() { echo "FAIL: $*"; sed 's/^/  out: /' out; sed 's/^/  err: /' err; failures=$((failures + 1)); }
# expect CODE ARGUMENT... : runs audit; out and err keep what it wrote.
expect() {
  local code=$1; shift
  timeout 120 "$AUDIT" "$@" >out 2>err </dev/null
  local got=$?
  [ "$got" -eq "$code" ] || fail "audit $*: exit $got, expected $code"
}
says() { tr -s ' \n' ' ' <"$1" | grep -qF -- "$2" || fail "$1 does not say: $2"; }
hides() { ! grep -qF -- "$2" "$1" || fail "$1 shows: $2"; }
start() { "$AUDIT_SOURCE_DIR/tests/redis" start "$@" || { echo "FAIL: no server"; exit 1; }; }

url=$(start "$work/one") || exit 1
port=$(cat "$work/one/port")
redis() { redis-cli -s "$work/one/redis.sock" "$@"; }
run=(--profile actionflows --no-progress)
ago() { date -u -d "$1 ago" +%Y-%m-%dT%H:%M:%S.000Z; }
session() { echo "{\"id\":\"$1\",\"cwd\":\"/x\",\"chains\":[],\"status\":\"$2\",\"startedAt\":\"$3\"}"; }
lost=session-1700000000000-aaaaaaaaa
redis SET "afw:sessions:$lost" "$(session $lost pending "$(ago '2 hours')")" EX 86400 >/dev/null

# --- a session that is mended in two rounds, the status and then the end, and undone at once, from another directory
both=session-1700000000000-bbbbbbbbb
start="$(ago '5 hours')"
redis SET "afw:sessions:$both" "$(session $both in_progress "$start")" EX 86400 >/dev/null
redis RPUSH "afw:events:$both" "{\"type\":\"session:started\",\"sessionId\":\"$both\",\"timestamp\":\"$start\"}" "{\"type\":\"session:ended\",\"sessionId\":\"$both\"}" >/dev/null
redis EXPIRE "afw:events:$both" 86400 >/dev/null
was=$(redis GET "afw:sessions:$both")
# A key that no JSON text can hold stands in the way of nothing else.
odd=$(printf 'session-1700000000000-\xff')
redis SET "afw:sessions:$odd" "$(session $both pending "$start")" EX 86400 >/dev/null
for address in "redis://127.0.0.1:$port" "$url"; do
  expect 1 repair --yes "${run[@]}" --set "redis.url=$address" --max-fraction 1 --state-dir rounds
  redis GET "afw:sessions:$both" >now; grep -q completed now && grep -q endedAt now || fail "not mended in two rounds: $(cat now)"
  (cd / && timeout 60 "$AUDIT" undo last --yes --state-dir "$work/rounds") >out 2>err </dev/null || fail "undo from another directory: exit $?"
  [ "$(redis GET "afw:sessions:$both")" = "$was" ] || fail "not undone: $(redis GET "afw:sessions:$both")"
done
redis DEL "afw:sessions:$both" "afw:events:$both" "afw:sessions:$odd" >/dev/null

# --- addresses
expect 1 "${run[@]}" --set "redis.url=$url"; says out unannounced-session; says out "append event"
expect 1 "${run[@]}" --set "redis.url=redis://127.0.0.1:$port"; says out unannounced-session
expect 1 "${run[@]}" --set "redis.url=127.0.0.1:$port/0"
expect 1 "${run[@]}" --set "redis.url=$work/one/redis.sock"
REDIS_URL=$url expect 1 "${run[@]}"
REDIS_URL=$url REDIS_PREFIX=other: expect 0 "${run[@]}"; says out "0 sessions"
expect 0 "${run[@]}" --set "redis.url=redis://127.0.0.1:$port/3" --format json; says out "127.0.0.1:$port/3"
expect 0 "${run[@]}" --set "redis.url=$url?db=3"
expect 3 "${run[@]}" --set "redis.url=redis://127.0.0.1:$port/9999"; says out "no such database"
expect 3 "${run[@]}" --set redis.url=redis://127.0.0.1:1; says out "check that the server runs"
expect 3 "${run[@]}" --set "redis.url=unix://$work/nowhere.sock"; says out "check that the server runs"
expect 2 "${run[@]}" --set redis.url=http://localhost; says err "redis://"
expect 2 "${run[@]}" --set redis.url=redis://localhost:port; says err "no valid port"
expect 2 "${run[@]}" --set "redis.url=$url" --set redis.read_timeout=soon; says err "is not a duration"
expect 3 "${run[@]}" --set "redis.url=rediss://127.0.0.1:$port"; says out TLS
# Sessions in memory alone: there is nothing to read, and nothing wrong with that.
expect 0 "${run[@]}" --set redis.url=; says out "not needed"
# A place that was named and is not there, with nothing else to audit, is another matter.
expect 3 "${run[@]}" --set redis.url= --set history.path=nowhere; says out INCOMPLETE; says out "check the path"

# --- passwords and rights; no secret is ever shown
locked=$(start "$work/two" requirepass "sesame/77") || exit 1
expect 3 "${run[@]}" --set "redis.url=$locked"; says out "wants a password"
expect 3 "${run[@]}" --set "redis.url=unix://:swordfish@$work/two/redis.sock" --log-level debug; says out "refuses the user or the password"; hides out swordfish; hides err swordfish
expect 0 "${run[@]}" --set "redis.url=unix://:sesame%2F77@$work/two/redis.sock" --format json --log-level debug; hides out sesame; hides err sesame
redis-cli -s "$work/two/redis.sock" -a sesame/77 --no-auth-warning ACL SETUSER audit on '>open' '~afw:*' +@read +scan +select +info >/dev/null
redis-cli -s "$work/two/redis.sock" -a sesame/77 --no-auth-warning ACL SETUSER blind on '>open' '~nothing:*' +@read +scan +info >/dev/null
redis-cli -s "$work/two/redis.sock" -a sesame/77 --no-auth-warning ACL SETUSER mute on '>open' '~*' +ping >/dev/null
redis-cli -s "$work/two/redis.sock" -a sesame/77 --no-auth-warning SET "afw:sessions:$lost" "$(session $lost pending "$(ago '2 hours')")" EX 86400 >/dev/null
expect 1 "${run[@]}" --set "redis.url=unix://audit:open@$work/two/redis.sock"; says out unannounced-session; says out "audit@"; hides out "audit:open"
expect 3 "${run[@]}" --set "redis.url=unix://blind:open@$work/two/redis.sock"; says out "ACL SETUSER"
hides out "unannounced-session  1"
expect 3 "${run[@]}" --set "redis.url=unix://mute:open@$work/two/redis.sock"; says out "may not run SCAN"
expect 3 "${run[@]}" --set "redis.url=unix://:sesame@$work/one/redis.sock"; says out "no password set"; hides out "sesame"

# --- servers that cannot answer
cluster=$(start "$work/three" cluster-enabled yes databases 1) || exit 1
expect 3 "${run[@]}" --set "redis.url=$cluster"; says out "Redis Cluster, which is not supported"
redis CLIENT PAUSE 3000 ALL >/dev/null
expect 3 "${run[@]}" --set "redis.url=$url" --set redis.read_timeout=300ms; says out "did not answer in time"
sleep 3
# A server that goes away in the middle: found nothing is never said.
"$AUDIT_SOURCE_DIR/tests/redis" stop "$work/two"
expect 3 "${run[@]}" --set "redis.url=$locked"

# --- many keys: what an audit reads stays as it is, keys of others are not looked at
python3 - >commands <<'PYTHON'
import sys
def command(*words):
    sys.stdout.write("*%d\r\n" % len(words) + "".join("$%d\r\n%s\r\n" % (len(w), w) for w in words))
for i in range(30000):
    name = "session-16%011d-bbbbbbbbb" % i
    command("SET", "afw:sessions:" + name, '{"id":"%s","status":"in_progress","startedAt":"2026-01-01T00:00:00.000Z"}' % name, "EX", "86400")
    command("RPUSH", "afw:events:" + name, '{"type":"session:started","sessionId":"%s","timestamp":"2026-01-01T00:00:00.000Z"}' % name)
    command("SET", "theirs:sessions:" + name, "nonsense")
# A list longer than what is read at once, its start at the very end.
name = "session-1600000099999-ccccccccc"
command("SET", "afw:sessions:" + name, '{"id":"%s","status":"in_progress","startedAt":"2026-01-01T00:00:00.000Z"}' % name, "EX", "86400")
for i in range(5000):
    command("RPUSH", "afw:events:" + name, '{"type":"step:started","sessionId":"%s","timestamp":"2026-01-01T00:00:00.000Z"}' % name)
command("RPUSH", "afw:events:" + name, '{"type":"session:started","sessionId":"%s","timestamp":"2026-01-01T00:00:00.000Z"}' % name)
for i in range(1500):
    command("SADD", "afw:followed", "gone-%d" % i)
PYTHON
redis --pipe <commands >/dev/null
digest() { redis DEBUG DIGEST 2>/dev/null || redis DBSIZE; }
before=$(digest)
expect 1 "${run[@]}" --set "redis.url=$url" --format json
[ "$(jq '[.findings[] | select(.check == "unannounced-session")] | length' out)" = 1 ] || fail "the longest list was not read to its end"
[ "$(jq '[.findings[] | select(.check == "followed-without-session")] | length' out)" = 1500 ] || fail "a large set was not read to its end"
[ "$(jq '.findings | length' out)" = 1502 ] || fail "something healthy was found: $(jq -c '[.findings[].check] | group_by(.) | map([.[0], length])' out)"
[ "$(digest)" = "$before" ] || fail "the audit changed the database"
redis INFO commandstats | grep -qi '^cmdstat_keys:' && fail "KEYS was used"

# --- a writer that creates, announces, ends and deletes sessions while the audit runs
redis FLUSHALL >/dev/null
redis SET "afw:sessions:$lost" "$(session $lost pending "$(ago '2 hours')")" EX 86400 >/dev/null
old=$(ago '3 hours')
# Old sessions that end and are deleted step by step, as the application does it: what belongs to one is there for a moment without it.
python3 - "$work/one/redis.sock" "$old" "$work/stop" >writer.log 2>&1 <<'PYTHON' &
import os, socket, sys, time
line = socket.socket(socket.AF_UNIX); line.connect(sys.argv[1]); answers = line.makefile("rb")
def do(*words):
    line.sendall(("*%d\r\n" % len(words) + "".join("$%d\r\n%s\r\n" % (len(w), w) for w in words)).encode())
    answers.readline()
def event(name, kind, at):
    do("RPUSH", "afw:events:" + name, '{"type":"%s","sessionId":"%s","timestamp":"%s"}' % (kind, name, at)); do("EXPIRE", "afw:events:" + name, "86400")
def store(name, status, at, more=""):
    do("SET", "afw:sessions:" + name, '{"id":"%s","cwd":"/x","chains":[],"status":"%s","startedAt":"%s","metadata":{"type":"claude-cli"}%s}' % (name, status, at, more), "EX", "86400")
n = 0
kept = []
while not os.path.exists(sys.argv[3]):
    now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    name = "session-%013d-ddddddddd" % (1700000000000 + n); n += 1
    store(name, "in_progress", now); event(name, "session:started", now)
    aged = "session-%013d-eeeeeeeee" % (1600000000000 + n)
    event(aged, "session:started", sys.argv[2]); store(aged, "in_progress", sys.argv[2]); kept.append(aged)
    if len(kept) > 200:
        gone = kept.pop(0)
        store(gone, "completed", sys.argv[2], ',"endedAt":"%s"' % now); event(gone, "session:ended", now)
        do("DEL", "afw:sessions:" + gone); do("DEL", "afw:events:" + gone)
PYTHON
writer=$!
sleep 1
for _ in 1 2 3 4 5 6; do
  expect 1 "${run[@]}" --set "redis.url=$url" --format json
  [ "$(jq -r '[.findings[] | .check + " " + .subject.id] | sort | join(",")' out)" = "stuck-pending-session $lost,unannounced-session $lost" ] ||
    fail "with a live writer: $(jq -c '[.findings[] | [.check, .subject.id]]' out | cut -c1-600)"
done
touch "$work/stop"; wait "$writer"; [ ! -s writer.log ] || fail "the writer failed: $(tail -3 writer.log)"

[ "$failures" -eq 0 ] && echo "all good" || { echo "$failures failures"; exit 1; }
