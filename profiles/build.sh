#!/usr/bin/env bash
# Compiles the FHIR Shorthand into fsh-generated/ and packs package.tgz into output/.
#   build.sh           writes them
#   build.sh --check   only tells whether fsh-generated/ is what the sources compile to
# Needs Node 20 or newer, and from the npm registry what package-lock.json names; nothing else is fetched.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

[ -d node_modules ] || npm ci --silent --no-audit --no-fund --ignore-scripts
if [ "${1:-}" = --check ]; then
  made=$(mktemp -d)
  trap 'rm -rf "$made"' EXIT
  node compile.mjs "$made" >"$made.log" || { cat "$made.log"; rm -f "$made.log"; exit 1; }
  rm -f "$made.log"
  diff -r "$made" fsh-generated
  echo "fsh-generated is up to date"
else
  node compile.mjs fsh-generated
  mkdir -p output
  node package.mjs fsh-generated output/package.tgz
fi
