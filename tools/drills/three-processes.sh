#!/usr/bin/env bash
# three-processes.sh CONNECTION PORT [OPTION...]: three servers on one PostgreSQL database, at PORT and the two after it.
# All start at once, also on an empty database: one of them makes the tables. Tells when each is ready, and ends them when it is
# ended itself. SERVER names the program; unless it is set, what `dotnet build -c Release` has made.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/servers.sh"
connection=$1 port=$2
shift 2

trap 'end_all; exit 0' TERM INT
for n in 0 1 2; do begin "$SERVER" $((port + n)) "postgres:$connection" "$@"; done
for n in 0 1 2; do await_ready $((port + n)); done
wait
