# Sourced by deploy/quickstart and tests/run: what has to be installed, and installing it on Debian and its relatives.

# Prints the packages that the build needs. $1: root of the source tree.
build_packages() {
  echo g++ cmake ninja-build pkg-config libsqlite3-dev libboost-program-options-dev nlohmann-json3-dev libspdlog-dev libsodium-dev sqlite3
  [ ! -d "$1/adapters/postgres" ] || echo libpqxx-dev
  [ ! -d "$1/adapters/redis" ] || echo libhiredis-dev
  [ ! -d "$1/adapters/files" ] || echo libsimdjson-dev
}

# Prints the packages that the tests need beyond those. $1: root of the source tree.
test_packages() {
  echo catch2 ccache chromium clang dpkg-dev file fish fonts-dejavu-core git groff-base libclang-rt-14-dev jq pre-commit procps python3 python3-jsonschema python3-yaml systemd tmux zsh
  [ ! -d "$1/adapters/postgres" ] || echo postgresql pgbouncer openssl
  [ ! -d "$1/adapters/redis" ] || echo redis-server
}

# install_packages PACKAGE...: installs those that are missing; does nothing where all are there. On a system without apt it only says so.
install_packages() {
  local package missing=() as_root=()
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "no apt-get here; the build will say which library is missing" >&2
    return 0
  fi
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "these packages are missing, and installing them takes root: ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  echo "installing ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"; } \
    </dev/null >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}
