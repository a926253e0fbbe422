#!/usr/bin/env bash
# Fails a Maven build that is going to run interoperability tests while a test peer is missing.
# Arguments: the root folder, "none" or not, the goals and the projects of the Maven session, then the skip flags.
set -euo pipefail
root="$1" peers="$2" goals="$3" projects="$4"
shift 4

[ "$peers" != none ] || exit 0
case " $* " in *" true "*) exit 0 ;; esac
case "$goals" in *verify* | *integration-test* | *install* | *deploy*) ;; *) exit 0 ;; esac

. "$root/engine/acceptance/src/test/peers/peers.sh"
# Maven names a project as "… @ /folder/pom.xml"
needy="$(echo "$projects" | grep -o '@ [^,]*/pom\.xml' | sed 's|^@ \(.*\)/pom\.xml$|\1|' |
  while read -r module; do peers_test_classes "$module"; done)"
[ -n "$needy" ] || exit 0

missing="$(peers_missing | paste -sd ' ' -)"
if [ -n "$missing" ]; then
  echo "Missing test peers: $missing (bin/verify installs them or names the command)" >&2
  exit 1
fi
