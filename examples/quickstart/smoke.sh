#!/usr/bin/env bash
# Runs the quickstart and checks what it prints. Arguments go to Maven, for example -o where nothing can be downloaded.
set -euo pipefail
cd "$(dirname "$0")/../.."
maven=./mvnw
[ -x "$maven" ] || maven=mvn

output=$(timeout 300 "$maven" -q -B "$@" -pl examples/quickstart -am -Prun compile) || {
  echo "$output"
  echo "quickstart: the run failed; see the output above" >&2
  exit 1
}
echo "$output"

expect() {
  grep -qF -- "$1" <<<"$output" || { echo "quickstart: no line says \"$1\"; see the output above" >&2; exit 1; }
}
expect "provider: dev.hypercache.jcache.HyperCachingProvider"
expect "pass 2: "
expect ", 0 pickers computed"
expect "equal the computed ones: yes"
expect "hit ratio 50 %"

output=$(timeout 300 "$maven" -q -B "$@" -pl examples/quickstart -am -Prun compile \
  -Drun.main=dev.hypercache.examples.quickstart.QuickstartRing) || {
  echo "$output"
  echo "quickstart: the run of three processes failed; see the output above" >&2
  exit 1
}
echo "$output"
expect "killed: process "
expect " 0 are lost"
echo "quickstart smoke: ok"
