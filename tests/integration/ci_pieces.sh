#!/usr/bin/env bash
# The pieces of deploy/ci, as far as they go without the services: red and green.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" TMUX_TMPDIR="$work" GIT_CONFIG_NOSYSTEM=1
unset AGENTERM_DB XDG_STATE_HOME AUDIT_CASES AUDIT_ARGUMENTS AUDIT_REPORTS GITHUB_ACTIONS GITHUB_STEP_SUMMARY GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
mkdir -p "$HOME"
cd "$work" || exit 1
ci="$AUDIT_SOURCE_DIR/deploy/ci"
failures=0
fail() { echo "FAIL: $*"; [ ! -e ../out ] || tail -n 15 ../out; failures=$((failures + 1)); }
# What a command wrote is kept beside the repository: the tool takes what is tracked there and not added out of its way.
ends() { local code=$1; shift; "$@" >../out 2>&1 </dev/null; local got=$?; [ "$got" -eq "$code" ] || fail "$*: exit $got, expected $code"; }

mkdir -p repo/tests
cp -r "$AUDIT_SOURCE_DIR/tests/schemas" repo/tests/
mkdir repo/tests/audit
cp -r "$AUDIT_SOURCE_DIR/tests/cases/recycled-window" repo/tests/audit/
cd repo || exit 1
case=tests/audit/recycled-window/expect.json
cp "$case" ../good.json
jq '.findings[0].id = "wrong"' ../good.json >../bad.json

# --- the GitHub action: its own step, with a runner's environment. The inputs' defaults are filled in as the runner does.
python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_ci_yaml.py" action "$ci/github/action.yml" "program=$AUDIT" cases=tests/audit >../action.sh || fail "action.yml"
run_action() {
  : >../summary; : >../output
  GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=../summary GITHUB_OUTPUT=../output GITHUB_ACTION_PATH="$ci/github" bash --noprofile --norc -eo pipefail ../action.sh
}
ends 0 run_action
grep -qx 'reports=audit-reports' ../output || fail "no output"
[ -s audit-reports/cases.junit.xml ] || fail "no JUnit report"
cp ../bad.json "$case"
ends 1 run_action
grep -q '^::error title=' ../out || fail "no annotation"
cp ../good.json "$case"
sqlite3 -bail store.db <tests/schemas/agenterm-seed.sql
sqlite3 -bail store.db <tests/audit/recycled-window/given/db.sql
arguments=$(printf '%s\n' --profile agenterm --set db.path=store.db --set tmux.snapshot=tests/audit/recycled-window/given/tmux.json --now 2026-03-01T12:00:00Z)
python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_ci_yaml.py" action "$ci/github/action.yml" "program=$AUDIT" "arguments=$arguments" >../action.sh || fail "action.yml"
ends 1 run_action
grep -q '^### audit: 1 error' ../summary || fail "no summary"
[ -s audit-reports/audit.sarif ] || fail "no SARIF"

# --- the GitLab job
python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_ci_yaml.py" gitlab "$ci/gitlab-ci.yml" "AUDIT_GATE=$ci/gate" >../job.sh || fail "gitlab-ci.yml"
rm -r audit-reports
ends 0 env "AUDIT=$AUDIT" bash -eo pipefail ../job.sh
ls audit-reports/*.junit.xml >/dev/null || fail "the artifacts of the job are not there"
cp ../bad.json "$case"
ends 1 env "AUDIT=$AUDIT" bash -eo pipefail ../job.sh
cp ../good.json "$case"

# --- the hook
git init -q . && git config user.email t@example.org && git config user.name t
cp "$ci/pre-commit" .git/hooks/pre-commit
git add -A
ends 0 env "AUDIT=$AUDIT" git commit -qm "cases"
cp ../bad.json "$case" && git add -A
ends 1 env "AUDIT=$AUDIT" git commit -qm "wrong"
grep -q "FAIL tests/audit/recycled-window" ../out || fail "the hook does not say why"
echo >other.txt && git reset -q && git add other.txt
ends 0 env "AUDIT=/nowhere" git commit -qm "something else: the cases are not run"
cp ../good.json "$case"
mkdir bin && ln -s "$AUDIT" bin/audit
# The same with the pre-commit tool, which runs it for what lies below the cases alone.
rm .git/hooks/pre-commit
cp "$ci/pre-commit-config.yaml" .pre-commit-config.yaml
ends 0 pre-commit install
echo >>"$case"
git add -A
ends 0 env "PATH=$PWD/bin:$PATH" git commit -qm "with the tool"
grep -q 'audit fixture cases\.*Passed' ../out || fail "the tool did not run the hook"
cp ../bad.json "$case" && git add "$case"
ends 1 env "PATH=$PWD/bin:$PATH" git commit -qm "wrong"
grep -q "FAIL tests/audit/recycled-window" ../out || fail "the tool does not say why"
git reset -q --hard && echo more >>other.txt && git add other.txt
ends 0 git commit -qm "something else: no program is needed"

# --- CTest
cat >CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.22)
project(mine LANGUAGES NONE)
enable_testing()
include("${CI}/cmake/AuditCases.cmake")
audit_add_cases(tests/audit LABELS audit)
CMAKE
ends 0 cmake -S . -B ../build "-DCI=$ci" "-DAUDIT_EXECUTABLE=$AUDIT"
ends 0 ctest --test-dir ../build --output-on-failure
grep -q "audit/recycled-window" ../out || fail "the test has another name"
cp ../bad.json "$case"
ends 8 ctest --test-dir ../build --output-on-failure
cp ../good.json "$case"
sed -i 's|tests/audit |tests/schemas |' CMakeLists.txt
ends 1 cmake -S . -B ../build2 "-DCI=$ci" "-DAUDIT_EXECUTABLE=$AUDIT"
grep -q "there is no expect.json" ../out || fail "no case is no error"

# --- nothing to do is a mistake
ends 2 env "AUDIT=$AUDIT" "$ci/gate"
ends 2 env AUDIT=/nowhere/audit AUDIT_CASES=tests/audit "$ci/gate"

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
