#!/usr/bin/env bash
# docs/checks.md is what the check files say.
set -uo pipefail
: "${AUDIT:?the program}" "${AUDIT_SOURCE_DIR:?the source tree}"
page=$(mktemp)
trap 'rm -f "$page"' EXIT
"$AUDIT" checks --format markdown >"$page" || { echo "audit checks failed"; exit 1; }
if ! diff -u "$AUDIT_SOURCE_DIR/docs/checks.md" "$page" | head -n 40; then
  echo "docs/checks.md is not current: audit checks --format markdown >docs/checks.md"
  exit 1
fi
for file in $(cd "$AUDIT_SOURCE_DIR" && find checks -name '*.sql'); do
  grep -qx "### $(basename "$file" .sql)" "$page" || { echo "$file is not on the page"; exit 1; }
done
echo "current"
