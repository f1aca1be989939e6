#!/usr/bin/env bash
# Every measurement with its full number of rounds: an hour on an idle machine. Arguments go to Maven.
set -euo pipefail
cd "$(dirname "$0")/../.."
maven=./mvnw
[ -x "$maven" ] || maven=mvn

for main in CompareProviders RecordCopyBenchmark FingerprintBenchmark HeapPerEntry StartupTime; do
  echo "== $main"
  timeout 7200 "$maven" -q -B "$@" -pl examples/benchmarks -am -Prun compile \
    "-Drun.main=dev.hypercache.examples.benchmarks.$main"
done
