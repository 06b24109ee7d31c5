#!/usr/bin/env bash
# The tarball: built with the flags of this build, and beside it, so that its compiler cache serves; unpacked and used.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}" "${AUDIT_TEST_POSTGRES:?a server}"
build=$(dirname "$AUDIT")
made=$(dirname "$build")/tarball
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }
cached() { sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"; }

# The compiler cache tells locales apart.
build_locale=${AUDIT_TEST_BUILD_LC_ALL:-}
(
  if [ -n "$build_locale" ]; then export LC_ALL="$build_locale"; else unset LC_ALL; fi
  cmake -S "$AUDIT_SOURCE_DIR" -B "$made" -G Ninja -DCMAKE_BUILD_TYPE="$(cached CMAKE_BUILD_TYPE)" -DCMAKE_CXX_COMPILER="$(cached CMAKE_CXX_COMPILER)" \
    -DAUDIT_WERROR="$(cached AUDIT_WERROR)" -DCMAKE_INSTALL_PREFIX=/usr -DAUDIT_TESTS=OFF -DAUDIT_STATIC=ON &&
    cmake --build "$made" && (cd "$made" && cpack -G TGZ -B "$work/packed")
) >log 2>&1 || { tail -30 log; echo "FAIL: it was not built"; exit 1; }
mkdir root
tar -xzf packed/*.tar.gz -C root || exit 1
program=$(find root -path '*/bin/audit')
modules=$(dirname "$(find root -name audit-postgres.so)")
[ -x "$program" ] || { echo "FAIL: no program"; exit 1; }

# What the dynamic linker is to find on any system, and what goes along.
system='linux-vdso|ld-linux|libc|libm|libdl|libpthread|librt|libgcc_s|libstdc\+\+'
needed=$(objdump -p "$program" | awk '/NEEDED/ {print $2}')
strange=$(grep -vE "^($system)\\.|^($system)-" <<<"$needed" | while read -r library; do [ -e "$modules/$library" ] || echo "$library"; done)
[ -z "$strange" ] || fail "the program needs $strange"
for module in "$modules"/audit-*.so; do
  strange=$(objdump -p "$module" | awk '/NEEDED/ {print $2}' | grep -E 'sqlite|sodium')
  [ -z "$strange" ] || fail "$(basename "$module") needs $strange"
done

released() { "$1" --version | sed 's/+.*//'; }
[ "$(released "$program")" = "$(released "$AUDIT")" ] || fail "its version"
"$program" --dry-run --profile isol8 --set "db.url=$AUDIT_TEST_POSTGRES" >out 2>&1
grep -q "has no table sessions" out || { cat out; fail "it did not get to the PostgreSQL server"; }
"$program" test "$AUDIT_SOURCE_DIR/tests/cases/agenterm-head" "$AUDIT_SOURCE_DIR/tests/cases/bad-timestamp" >out 2>&1 || { tail -5 out; fail "the cases of agenterm"; }

[ "$failures" -eq 0 ] && echo "all passed"
exit "$failures"
