# Sourced by the drills: begins servers, waits for them and ends them.
SERVER=${SERVER:-dotnet $(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/src/Ajanvaraus.Fhir.Server/bin/Release/net10.0/Ajanvaraus.Fhir.Server.dll}
declare -A servers=()

# begin PROGRAM PORT DATABASE [OPTION...]
begin() {
  local program=$1 port=$2 database=$3
  shift 3
  # shellcheck disable=SC2086 # a program and its first argument
  $program serve --urls "http://127.0.0.1:$port" --database "$database" "$@" >&2 &
  servers[$port]=$!
}

# await_ready PORT: a minute at most
await_ready() {
  local port=$1 waited=0
  until curl -sf -o /dev/null "http://127.0.0.1:$port/health/ready"; do
    if ! kill -0 "${servers[$port]}" 2>/dev/null || [ $((waited += 1)) -gt 600 ]; then
      echo "the server at $port did not get ready" >&2
      return 1
    fi
    sleep 0.1
  done
  echo "ready http://127.0.0.1:$port/fhir"
}

# end PORT: requests in progress come to their end first
end() {
  kill -TERM "${servers[$1]}"
  wait "${servers[$1]}" || true
  unset "servers[$1]"
}

end_all() {
  for port in "${!servers[@]}"; do end "$port"; done
}
