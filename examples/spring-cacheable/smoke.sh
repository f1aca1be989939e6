#!/usr/bin/env bash
# Runs the Spring Boot application and checks what it prints. Arguments go to Maven, for example -o without a network.
set -euo pipefail
cd "$(dirname "$0")/../.."
maven=./mvnw
[ -x "$maven" ] || maven=mvn

output=$(timeout 180 "$maven" -q -B "$@" -pl examples/spring-cacheable -am -Prun compile) || {
  echo "$output"
  echo "spring-cacheable: the run failed; see the output above" >&2
  exit 1
}
echo "$output"

expect() {
  grep -qE -- "$1" <<<"$output" || { echo "spring-cacheable: no line matches \"$1\"; see the output above" >&2; exit 1; }
}
expect "^caches: JCacheCache over dev\.hypercache\."
expect "^@Cacheable: .*: ok$"
expect "^null value: .*: ok$"
expect "^@CacheEvict\(allEntries = true\): .*: ok$"
expect "^@Cacheable\(sync = true\): .*: ok$"
expect "^putIfAbsent: .*: ok$"
echo "spring-cacheable smoke: ok"
