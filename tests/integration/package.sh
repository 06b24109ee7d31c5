#!/usr/bin/env bash
# The Debian package: built, looked at, installed into a root that holds nothing but its dependencies, used there, and purged.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
build=$(dirname "$AUDIT")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }

(cd "$build" && cpack -G DEB -B "$work/cpack") >log 2>&1 || { cat log; echo "FAIL: cpack"; exit 1; }
deb=$(ls "$work"/cpack/*.deb)
dpkg-deb -c "$deb" >contents
for file in usr/bin/audit usr/lib/audit/audit-postgres.so usr/share/man/man1/audit.1 usr/share/man/man5/audit-config.5 usr/share/man/man7/audit-checks.7 \
  usr/share/bash-completion/completions/audit usr/share/zsh/vendor-completions/_audit usr/share/fish/vendor_completions.d/audit.fish \
  usr/lib/systemd/system/session-audit.service usr/lib/systemd/system/session-audit.timer usr/lib/systemd/user/session-audit.service \
  usr/share/audit/profiles/agenterm.json usr/share/audit/checks/sessions/half-created-session.sql usr/share/audit/relations.sql \
  usr/share/doc/session-audit/copyright usr/share/doc/session-audit/config.md usr/share/doc/session-audit/audit-config.schema.json \
  usr/share/doc/session-audit/examples/example.json usr/share/doc/session-audit/examples/session-audit.crontab usr/share/doc/session-audit/examples/cronjob.yaml; do
  grep -qE " \./$file\$" contents || fail "the package lacks $file"
done
grep -vE ' (root/root) ' contents && fail "somebody else's files"
for library in libc6 libstdc++6 libsqlite3-0 libpq5; do dpkg-deb -f "$deb" Depends | grep -qF "$library" || fail "no dependency on $library"; done
[ "$(dpkg-deb -f "$deb" Version)" = "$(sed -n 's/^project(audit VERSION \([0-9.]*\).*/\1/p' "$AUDIT_SOURCE_DIR/CMakeLists.txt")" ] || fail "its version"

# A clean root, and dpkg in it.
root="$work/root"
mkdir "$root"
packages=$(python3 -B "$AUDIT_SOURCE_DIR/tests/integration/_clean_root.py" "$deb" "$root") || { echo "$packages"; echo "FAIL: no clean root"; exit 1; }
cp "$deb" "$root/tmp/audit.deb"
mkdir -p "$root/proc" "$root/dev"
: >"$root/dev/null"
# /proc is there while a command runs: a program finds out where it is by it.
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(--map-root-user)
inside() {
  # shellcheck disable=SC2016 # for the inner shell
  unshare "${as_root[@]}" --mount sh -c 'root=$1; shift; mount --rbind /proc "$root/proc" && mount --bind /dev/null "$root/dev/null" &&
    exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"' sh "$root" "$@"
}
(cd "$root" && find . -type f -o -type l | sort) >before
inside dpkg -i /tmp/audit.deb >log 2>&1 || { cat log; echo "FAIL: dpkg -i"; exit 1; }
[ "$(inside dpkg-query -W -f '${db:Status-Status}' session-audit)" = installed ] || fail "it is not installed"
inside audit --version | grep -q '^audit ' || fail "it does not run"
inside audit checks >out 2>&1; grep -q half-created-session out || fail "it has no checks"

# The first run of the job, as its unit says it, on an example; then with PostgreSQL's module, which has to find its library.
mkdir -p "$root/etc/session-audit" "$root/srv"
sqlite3 "$root/srv/agenterm.db" <"$AUDIT_SOURCE_DIR/tests/schemas/agenterm-head.sql"
sqlite3 "$root/srv/agenterm.db" <"$AUDIT_SOURCE_DIR/deploy/examples/agenterm/db.sql"
cp "$AUDIT_SOURCE_DIR/deploy/examples/agenterm/tmux.json" "$root/srv/"
echo '{"profiles": [{"profile": "agenterm", "set": {"db.path": "/srv/agenterm.db", "tmux.snapshot": "/srv/tmux.json"}}], "state_dir": "/var/lib/session-audit"}' \
  >"$root/etc/session-audit/config.json"
systemctl --root="$root" enable session-audit.timer >log 2>&1 || { cat log; fail "the timer cannot be enabled"; }
enabled="$root/etc/systemd/system/timers.target.wants/session-audit.timer"
[ -L "$enabled" ] || fail "the timer is not enabled"
command=$(sed -n 's/^ExecStart=//p' "$root/usr/lib/systemd/system/session-audit.service")
# shellcheck disable=SC2086 # a command line
inside $command >out 2>err
code=$?
[ "$code" -eq 1 ] && grep -q half-created-session out || { cat out err; fail "the first run: exit $code"; }
inside audit --profile isol8 --set 'db.url=host=/nowhere dbname=x' >out 2>&1
[ "$?" -eq 3 ] && grep -q 'check that the server runs' out || { cat out; fail "PostgreSQL's module"; }
inside audit config check --config /usr/share/doc/session-audit/examples/example.json >out 2>&1 || { cat out; fail "the example configuration"; }

# The job repaired: the run is kept, and the configuration is still the administrator's after an upgrade.
[ -n "$(ls "$root/var/lib/session-audit/runs")" ] || fail "no run is kept"
inside dpkg -i /tmp/audit.deb >log 2>&1 || { cat log; fail "dpkg -i over itself"; }
grep -q 'tmux.snapshot' "$root/etc/session-audit/config.json" && [ -L "$enabled" ] && [ -n "$(ls "$root/var/lib/session-audit/runs")" ] || fail "an upgrade took something away"
# shellcheck disable=SC2086 # a command line
inside $command >out 2>err
[ "$?" -eq 1 ] && ! grep -q half-created-session out || { cat out err; fail "the second run: it repairs again"; }

# Purged: what the package brought is gone, what a repair left is not.
mkdir -p "$root/var/lib/session-audit/runs/r1" "$root/var/log/session-audit"
: >"$root/var/lib/session-audit/runs/r1/journal"
inside dpkg --purge session-audit >log 2>&1 || { cat log; fail "dpkg --purge"; }
[ -e "$root/var/lib/session-audit/runs/r1/journal" ] && grep -q 'kept /var/lib/session-audit/runs' log || fail "purging removed backups"
[ ! -e "$root/var/log/session-audit" ] && [ ! -L "$enabled" ] || fail "logs, or the enabled timer, are left"
[ -e "$root/etc/session-audit/config.json" ] || fail "the administrator's configuration is gone"
rm -r "$root/var/lib/session-audit"
rm -r "$root/etc/session-audit" "$root/srv"
(cd "$root" && find . -type f -o -type l | sort) >after
diff before after | grep -vE '/var/(lib/dpkg|log/dpkg|cache)|^[0-9,acd]+$|^---$' | grep '^[<>]' && fail "files are left or gone"

# Without its dependencies dpkg refuses it: the list is not empty by chance.
sed -i '/^Package: libsodium23$/,/^$/d' "$root/var/lib/dpkg/status"
inside dpkg -i /tmp/audit.deb >log 2>&1 && fail "dpkg took it without libsodium"
grep -q 'depends on libsodium23' log || { cat log; fail "why it was refused"; }

[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed ($(wc -w <<<"$packages") packages in the root)"
