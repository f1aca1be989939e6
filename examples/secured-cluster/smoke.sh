#!/usr/bin/env bash
# Issues certificates, runs the secured ring and checks what it prints. Arguments go to Maven, for example -o without a network.
set -euo pipefail
cd "$(dirname "$0")/../.."
maven=./mvnw
[ -x "$maven" ] || maven=mvn

output=$(timeout 150 "$maven" -q -B "$@" -pl examples/secured-cluster -am -Prun compile -Drun.main=dev.hypercache.security.DevelopmentCa \
  -Drun.args="--out target/certs --trust-domain example.org --cluster hypercache --member n1 --member n2 --member n3 --client app --days 90 --pkcs12 --force" \
  && timeout 150 "$maven" -q -B "$@" -pl examples/secured-cluster -am -Prun compile) || {
  echo "$output"
  echo "secured-cluster: the run failed; see the output above" >&2
  exit 1
}
echo "$output"

expect() {
  grep -qE -- "$1" <<<"$output" || { echo "secured-cluster: no line matches \"$1\"; see the output above" >&2; exit 1; }
}
expect "^Wrote .*n1\.pem and "
expect "^ring: this process and 2 others, each with a certificate"
expect "^client with a certificate: 200 .*Melville.*: ok$"
expect "^caller without a certificate: refused .*: ok$"
expect "^caller over plain HTTP: refused .*: ok$"
expect "^client with a certificate, again: 200 .*: ok$"
echo "secured-cluster smoke: ok"
