#!/usr/bin/env bash
# The files in deploy/: units, crontab, CronJob, container file, SQL roles, completions and pages. Each is checked by a program that reads such files.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
build=$(dirname "$AUDIT")
deploy="$AUDIT_SOURCE_DIR/deploy"
work=$(mktemp -d)
chmod 711 "$work"
server="$work/server"
trap '"$AUDIT_SOURCE_DIR/tests/postgres" stop "$server" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }
export XDG_RUNTIME_DIR="$work/run" HOME="$work/home" LC_ALL=C.UTF-8
mkdir -m 700 run home

# --- systemd
# units FOLDER THRESHOLD FLAG...: verified, and exposed no more than THRESHOLD (of 100).
units() {
  local folder=$1 threshold=$2; shift 2
  local into="$work/units/$(basename "$folder")"
  mkdir -p "$into"
  cp "$folder"/*.timer "$into"
  sed "s|^ExecStart=audit |ExecStart=$AUDIT |" "$folder/session-audit.service" >"$into/session-audit.service"
  systemd-analyze verify --man=no "$@" "$into/session-audit.service" "$into/session-audit.timer" >log 2>&1 || { cat log; fail "$folder: verify"; }
  [ ! -s log ] || { cat log; fail "$folder: verify has something to say"; }
  systemd-analyze security --offline=true --threshold="$threshold" "$into/session-audit.service" >log 2>&1 || { tail -n 2 log; fail "$folder: exposed"; }
}
units "$deploy/systemd" 20
units "$deploy/systemd/user" 80 --user
sed 's/^ProtectSystem=.*/ProtectSystm=strict/' units/systemd/session-audit.service >bad.service
systemd-analyze verify --man=no ./bad.service 2>&1 | grep -q ProtectSystm || fail "verify sees no mistake"
systemd-analyze calendar '*:0/30' >/dev/null || fail "the calendar"
grep -qx 'RandomizedDelaySec=5min' "$deploy/systemd/session-audit.timer" || fail "no random delay"

# What a scheduler calls is a command line that the program takes: everything it is given, but on a configuration that is there.
echo '{"profiles": [{"profile": "agenterm", "set": {"db.path": "nothing.db"}}]}' >config.json
takes() {
  local words
  read -ra words <<<"$1"
  words=("${words[@]/#*config.json*/$work/config.json}")
  "$AUDIT" "${words[@]:1}" >out 2>err </dev/null
  local code=$?
  [ "$code" -eq 3 ] || { cat out err; fail "exit $code: ${words[*]}"; }
}
takes "$(sed -n 's/^ExecStart=//p' "$deploy/systemd/session-audit.service")"
# Of a user the configuration may be missing: what is at the default places is audited then, here nothing.
script=$(sed -n "s/^ExecStart=.*-c '\(.*\)' %E.*/\1/p" "$deploy/systemd/user/session-audit.service" | sed 's/\$\$/$/g')
PATH="$build:$PATH" sh -c "$script" "$work/config.json" >out 2>err; [ "$?" -eq 3 ] || { cat out err; fail "the user's service"; }
PATH="$build:$PATH" sh -c "$script" "$work/missing.json" >out 2>err; [ "$?" -eq 2 ] && grep -q "no session store was found" err || { cat out err; fail "the user's service without a configuration"; }
grep -q '^Condition' "$deploy/systemd/user/session-audit.service" && fail "the user's service is not started without a configuration"
line=$(grep -vE '^(#|$)' "$deploy/cron/session-audit.crontab")
[[ $line =~ ^([0-9,*/-]+\ ){5}audit\  ]] || fail "crontab: $line"
takes "$(cut -d' ' -f6- <<<"$line" | tr -d '"')"

# --- Kubernetes
python3 - "$deploy/kubernetes/cronjob.yaml" "$work" <<'PY' || fail "the CronJob"
import sys, yaml
documents = {d["kind"]: d for d in yaml.safe_load_all(open(sys.argv[1]))}
spec = documents["CronJob"]["spec"]
assert spec["concurrencyPolicy"] == "Forbid" and len(spec["schedule"].split()) == 5
pod = spec["jobTemplate"]["spec"]["template"]["spec"]
container = pod["containers"][0]
assert pod["securityContext"]["runAsNonRoot"] and container["securityContext"]["readOnlyRootFilesystem"]
assert container["securityContext"]["capabilities"]["drop"] == ["ALL"] and not container["securityContext"]["allowPrivilegeEscalation"]
volumes = {v["name"]: v for v in pod["volumes"]}
assert {m["name"] for m in container["volumeMounts"]} == set(volumes)
assert volumes["config"]["configMap"]["name"] == documents["ConfigMap"]["metadata"]["name"]
assert volumes["state"]["persistentVolumeClaim"]["claimName"] == documents["PersistentVolumeClaim"]["metadata"]["name"]
open(sys.argv[2] + "/args", "w").write("audit " + " ".join(container["args"]))
open(sys.argv[2] + "/kubernetes.json", "w").write(documents["ConfigMap"]["data"]["config.json"])
PY
DATABASE_URL= "$AUDIT" config check --config kubernetes.json >out 2>&1 || { cat out; fail "the configuration in the CronJob"; }
"$AUDIT" $(sed "s|audit scan --config [^ ]*|scan --config $work/config.json|" args) >out 2>&1; [ "$?" -eq 3 ] || { cat out; fail "the arguments in the CronJob"; }

# --- container: what it copies and runs is there
grep -q '^RUN /src/deploy/package deb' "$deploy/container/Containerfile" && [ -x "$deploy/package" ] || fail "the container file"
bash -n "$deploy/package" && "$deploy/package" --help | grep -q tarball || fail "deploy/package"
for script in "$deploy"/debian/*; do sh -n "$script" && [ -x "$script" ] || fail "$script"; done

# --- roles: they may do what they are for, and no more
url=$("$AUDIT_SOURCE_DIR/tests/postgres" start "$server") || exit 1
sql() { psql -qXAt -v ON_ERROR_STOP=1 "$@"; }
sql "$url" -f "$AUDIT_SOURCE_DIR/tests/schemas/isol8-head.sql" >log 2>&1 || { cat log; fail "the schema"; }
sql "$url" -v role=watch -f "$deploy/postgres/audit-role.sql" >log 2>&1 || { cat log; fail "audit-role.sql"; }
sql "$url" -f "$deploy/postgres/repair-role.sql" >log 2>&1 || { cat log; fail "repair-role.sql"; }
watch="host=$server user=watch dbname=postgres"
mend="host=$server user=audit_repair dbname=postgres"
"$AUDIT" --profile isol8 --set "db.url=$watch" >out 2>&1 || { cat out; fail "the audit role cannot audit"; }
may() { sql "$1" -c "$2" >log 2>&1 || { cat log; fail "refused: $2"; }; }
may_not() { sql "$1" -c "$2" >log 2>&1 && fail "allowed: $2"; grep -qE "permission denied|must be owner|must be superuser|read-only" log || { cat log; fail "another error: $2"; }; }
may_not "$watch" "DELETE FROM sessions"
may_not "$watch" "SET default_transaction_read_only = off; DELETE FROM sessions"
may_not "$watch" "SET default_transaction_read_only = off; CREATE TABLE x (a int)"
may_not "$watch" "SET default_transaction_read_only = off; COPY (SELECT 1) TO PROGRAM 'true'"
may "$mend" "DELETE FROM sessions WHERE false"
may_not "$mend" "DROP TABLE messages"
may_not "$mend" "CREATE TABLE x (a int)"
# What they are for: one finds, and is told what it lacks; the other deletes, and takes it back.
sql "$url" -c "INSERT INTO users (id, has_encryption_keys) VALUES ('ann', true);
  INSERT INTO sessions (id, user_id, name, created_at, updated_at) VALUES ('7d0c1a52-0000-4000-8000-000000000001', 'ann', 'New Chat', '2026-03-01 09:00:00', '2026-03-01 09:00:05')"
sessions() { [ "$(sql "$url" -c "SELECT count(*) FROM sessions")" = "$1" ] || fail "there are not $1 sessions"; }
as() { local want=$1 role=$2; shift 2; "$AUDIT" "$@" --state-dir "$work/state" --profile isol8 --set "db.url=$role" >out 2>&1; [ "$?" -eq "$want" ] || { cat out; fail "$*: not $want"; }; }
as 1 "$watch" repair --yes --allow empty-session; sessions 1
tr -s '\n ' ' ' <out | grep -qF 'GRANT INSERT, UPDATE, DELETE ON "public"."sessions" TO "watch"' || { cat out; fail "it does not say what the audit role lacks"; }
as 0 "$mend" repair --yes --allow empty-session; sessions 0
as 0 "$mend" undo last --yes; sessions 1
sql "$url" -c "CREATE TABLE later (a int)" && may "$watch" "SELECT * FROM later"

# --- pages and completions: made by this build, and right
manual="$build/generated/manual"
for page in audit.1 audit-config.5 audit-checks.7; do
  groff -man -ww -Tutf8 -z "$manual/$page" >log 2>&1; [ ! -s log ] || { head log; fail "$page"; }
done
text() { groff -man -Tascii -P-c -P-b -P-u -rLL=500n "$manual/$1" 2>/dev/null; }
text audit.1 >page; text audit-checks.7 >checks; text audit-config.5 >configs
"$AUDIT" --help | grep -oE '^  (-[a-zA-Z] \[ )?--[a-z-]+' | grep -oE -- '--[a-z-]+' | sort -u >options
[ "$(wc -l <options)" -ge 30 ] || fail "--help lists too few options"
while read -r option; do
  grep -qF -- "$option" page || fail "audit(1) lacks $option"
  grep -qF -- "$option" "$manual/audit.bash" || fail "bash: $option"
  grep -qF -- "$option" "$manual/audit.zsh" || fail "zsh: $option"
  grep -qE -- "-l ${option#--}( |\$)" "$manual/audit.fish" || fail "fish: $option"
done <options
"$AUDIT" checks --format json | python3 -c 'import json, sys; [print(c["check"]) for c in json.load(sys.stdin)]' >ids
while read -r id; do grep -qE "^ *$id \((error|warning|note)\)" checks || fail "audit-checks(7) lacks $id"; done <ids
for key in $(python3 -c 'import json, sys; s = json.load(open(sys.argv[1])); print(*{k for d in [s, *s["$defs"].values()] for k in d.get("properties", {})})' "$AUDIT_SOURCE_DIR/docs/audit-config.schema.json"); do
  grep -qE "^ *${key/\$/\\\$}( |\$)" configs || fail "audit-config(5) lacks $key"
done

cat >complete.bash <<'BASH'
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
_audit; printf '%s\n' "${COMPREPLY[@]}"
BASH
bash_says() { local want=$1; shift; bash complete.bash "$manual/audit.bash" "$@" 2>log | grep -qx -- "$want" || { cat log; fail "bash: ${*} has no $want"; }; }
bash_says explain audit expl
bash_says --profile audit --prof
bash_says agenterm audit --profile age
bash_says half-created-session audit explain half
bash_says never audit --fail-on n
bash_says config.json audit --config conf
bash_says prune audit runs pr
bash_says last audit runs show la
bash_says agenterm audit profiles show age
bash_says check audit config ch
bash_says last audit undo la
bash_says full audit --backup fu
# A shell at a terminal: what it makes of each line when the tabulator is pressed. It says so itself, at a key that comes after it and empties the line: what is drawn
# depends on what was there before, and how fast. Keys before the first prompt would be the terminal's, not the shell's.
# Of the completions of other commands it reads none: on a busy machine they take most of a minute.
cat >complete.zsh <<'ZSH'
zmodload zsh/zpty
zpty shell zsh -f -i
seen=
until_seen() { local part end=$((SECONDS + 120)); while [[ $seen != *$~1* ]] && ((SECONDS < end)); do zpty -r -t shell part && seen+=$part || sleep 0.02; done }
zpty -w shell "fpath=($1 \${(M)fpath:#*/Completion(|/Base)}); autoload -Uz compinit && compinit -u -d dump"
zpty -w shell "line() { zle -I; print -r - \"<<\$BUFFER>>\"; BUFFER= }; zle -N line; bindkey '^G' line; unset zle_bracketed_paste; PS1='rea''dy> '"
until_seen 'ready> '
while read -r line want; do
  line=${line//_/ } seen=
  zpty -n -w shell "$line"$'\t\C-g'; until_seen '<<*>>'
  [[ $seen == *'<<'*$want*'>>'* ]] || print "$line has no $want, but ${(V)seen}"
done
zpty -d shell
ZSH
mkdir zsh-functions && cp "$manual/audit.zsh" zsh-functions/_audit
timeout 240 zsh -f complete.zsh "$work/zsh-functions" >zsh.out 2>&1 <<'LINES'
audit_expl explain
audit_--prof --profile
audit_--profile_age agenterm
audit_explain_half-c half-created-session
audit_--fail-on_ne never
audit_--format_sar sarif
audit_runs_pr prune
audit_runs_show_la last
audit_profiles_show_age agenterm
audit_config_ch check
audit_undo_la last
LINES
[ ! -s zsh.out ] || { cat zsh.out; fail "zsh"; }
fish_says() { fish -N -c "source $manual/audit.fish; complete -C '$2'" 2>log | cut -f1 | grep -qx -- "$1" || { cat log; fail "fish: $2 has no $1"; }; }
fish_says explain "audit expl"
fish_says --profile "audit --prof"
fish_says agenterm "audit --profile age"
fish_says half-created-session "audit explain half"
fish_says never "audit --fail-on n"
fish_says prune "audit runs pr"
fish_says last "audit runs show la"
fish_says agenterm "audit profiles show age"
fish_says check "audit config ch"
fish_says last "audit undo la"
fish_says full "audit --backup fu"

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
