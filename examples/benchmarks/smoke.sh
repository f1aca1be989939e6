#!/usr/bin/env bash
# A very short comparison of all providers: shows that the harness works, says nothing about speed. Arguments go to Maven,
# for example -o without a network.
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
echo "benchmarks smoke: ok"
