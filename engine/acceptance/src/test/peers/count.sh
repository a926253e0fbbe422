#!/usr/bin/env bash
# Says how many tests a build with -Dpeers=none leaves out.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../../.." && pwd)"
. "$root/engine/acceptance/src/test/peers/peers.sh"
echo "-Dpeers=none: $(peers_test_count) interoperability tests (methods of classes tagged \"peers\") did not run; bin/verify runs them."
