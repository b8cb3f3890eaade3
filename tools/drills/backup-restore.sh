#!/usr/bin/env bash
# backup-restore.sh FROM TO FILE: takes a backup of the database FROM beside its servers, brings it into the empty database TO, and
# looks whether all of it agrees: versions, indexes, bookings and claims, and the log of who did what. Tells how long each step took.
# FROM and TO as --database takes them. KEYS names the file of identity keys, where there is one.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/servers.sh"
from=$1 to=$2 file=$3
keys=(${KEYS:+--identity-keys "$KEYS"})

step() {
  local name=$1 begun=$SECONDS
  shift
  # shellcheck disable=SC2086 # a program and its first argument
  $SERVER "$@" >&2
  echo "$name $((SECONDS - begun)) s"
}

step backup backup --database "$from" "$file"
step restore restore --database "$to" "$file"
step check check --database "$to" "${keys[@]}"
step check-log check-log --database "$to" "${keys[@]}"
