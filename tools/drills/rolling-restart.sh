#!/usr/bin/env bash
# rolling-restart.sh CONNECTION PORT NEW [OPTION...]: three servers of the program SERVER on one PostgreSQL database; then NEW in the
# place of each, one after another, and back again. While one restarts the two others serve, old and new side by side.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/servers.sh"
connection=$1 port=$2 new=$3
shift 3

trap 'end_all; exit 1' TERM INT
for n in 0 1 2; do begin "$SERVER" $((port + n)) "postgres:$connection" "$@"; done
for n in 0 1 2; do await_ready $((port + n)); done
echo "serving: Enter begins the restarts"
read -r
for program in "$new" "$SERVER"; do
  for n in 0 1 2; do
    end $((port + n))
    begin "$program" $((port + n)) "postgres:$connection" "$@"
    await_ready $((port + n))
  done
done
echo "done"
# Until it is told to end: what was going on can come to its end.
trap 'end_all; exit 0' TERM INT
wait
