#!/usr/bin/env bash
# Runs both nodes and checks what they print. Arguments go to Maven, for example -o without a network.
set -euo pipefail
cd "$(dirname "$0")/../.."
maven=./mvnw
[ -x "$maven" ] || maven=mvn

output=$(timeout 180 "$maven" -q -B "$@" -pl examples/hibernate-second-level-cache -am -Prun compile) || {
  echo "$output"
  echo "hibernate-second-level-cache: the run failed; see the output above" >&2
  exit 1
}
echo "$output"

expect() {
  grep -qE -- "$1" <<<"$output" || { echo "hibernate-second-level-cache: no line matches \"$1\"; see the output above" >&2; exit 1; }
}
expect "^entities and a collection: .* 0 SQL statements: ok$"
expect "^query: .* 0 SQL statements: ok$"
expect "^update: .* 0 SQL statements: ok$"
expect "^update: .* 1 SQL statements: ok$"
expect "^evicted: .* 1 SQL statements: ok$"
echo "hibernate-second-level-cache smoke: ok"
