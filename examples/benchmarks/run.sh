#!/usr/bin/env bash
# Every measurement with its full number of rounds: some six hours on an idle machine. Arguments go to Maven.
set -euo pipefail
cd "$(dirname "$0")/../.."
maven=./mvnw
[ -x "$maven" ] || maven=mvn

run() {
  echo "== $1 $2"
  timeout 14400 "$maven" -q -B "${@:3}" -pl examples/benchmarks -am -Prun compile \
    "-Drun.main=dev.hypercache.examples.$1" "-Drun.args=$2"
}

for main in CompareProviders RecordCopyBenchmark FingerprintBenchmark HeapPerEntry StartupTime; do
  run "benchmarks.$main" "" "$@"
done
run ring.CompareRings "--places ANY --threads 1,16" "$@"
run ring.CompareRings "--columns CLIENT,PROXIED,HAZELCAST_CLIENT,QUORUM --operations GET,PUT --places ANY --threads 1,16 --out target/rings-of-clients" "$@"
run roundtrip.TransportRoundTrip "" "$@"
run ring.CompareRings "--members 5 --places FAR --out target/rings-of-five" "$@"
run refusal.RefusalTiming "" "$@"
