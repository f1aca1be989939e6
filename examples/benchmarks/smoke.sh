#!/usr/bin/env bash
# A very short comparison of all providers, and one of two rings: shows that the harness works, says nothing about speed.
# Arguments go to Maven, for example -o without a network.
set -euo pipefail
cd "$(dirname "$0")/../.."
maven=./mvnw
[ -x "$maven" ] || maven=mvn

arguments="--rounds 1 --warmup 100ms --time 200ms --threads 1 --operations get,replaceIfEqual --storage VALUE"
output=$(timeout 170 "$maven" -q -B "$@" -pl examples/benchmarks -am -Prun compile "-Drun.args=$arguments") || {
  echo "$output"
  echo "benchmarks: the run failed; see the output above" >&2
  exit 1
}
echo "$output"

expect() {
  grep -qE -- "$1" <<<"$output" || { echo "benchmarks: no line matches \"$1\"; see the output above" >&2; exit 1; }
}
for provider in HyperCache Caffeine Ehcache cache2k; do
  expect "^$provider .*by value: a copy, .* by reference: the same array, answers true; keeps 100000 of 100000 entries$"
done
expect "^get +VALUE +1( +[0-9]+ \([0-9.]+\)){4} +[0-9.]+$"
expect "^replaceIfEqual +VALUE +1( +[0-9]+ \([0-9.]+\)){4} +[0-9.]+( \*)?$"
expect "^rows >= 0\.8: [0-2]/2, rows >= 1\.0: [0-2]/2$"

arguments="--rounds 1 --keys 3000 --warmup 100 --time 200 --threads 1 --operations GET,PUT --places ANY"
arguments="$arguments --columns QUORUM --attempts 2 --out target/rings-smoke"
output=$(timeout 170 "$maven" -q -B "$@" -pl examples/benchmarks -am -Prun compile \
  "-Drun.args=$arguments" -Drun.main=dev.hypercache.examples.ring.CompareRings) || {
  echo "$output"
  echo "benchmarks: the rings failed; see the output above" >&2
  exit 1
}
echo "$output"
spread="[0-9.]+ \([0-9.]+\.\.[0-9.]+\)"
for row in "GET +ANY +1 HyperCache QUORUM" "PUT +ANY +1 HyperCache QUORUM"; do
  expect "^$row( +$spread){4}( +[-0-9.]+){2} +0 0 of [1-9][0-9]* not linearizable$"
done
expect "^registers: HyperCache QUORUM +0 of [1-9][0-9]* not linearizable$"
echo "benchmarks smoke: ok"
