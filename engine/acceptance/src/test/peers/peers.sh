# shellcheck shell=bash
# Which test peers there are, for bin/verify and for the check in pom.xml. Sourced, with $root set.

peers_home="${COLLIMATOR_PEERS:-$root/.peers}"
peers_source="$root/engine/acceptance/src/test/peers"

# The version that package.json pins, or the one that is installed there.
peers_npm_version() {
  sed -n 's/.*"'"$2"'": "\([^"]*\)".*/\1/p' "$1" 2>/dev/null | head -n 1
}

peers_has() {
  command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]
}

# Prints the missing peers, one a line.
peers_missing() {
  local tool
  for tool in echoscu findscu storescu dump2dcm; do
    peers_has "$tool" || { echo dcmtk; break; }
  done
  peers_has Orthanc || echo orthanc
  peers_has node || echo nodejs
  local wanted
  wanted="$(peers_npm_version "$peers_source/package.json" dcmjs-dimse)"
  [ "$(peers_npm_version "$peers_home/node_modules/dcmjs-dimse/package.json" version)" = "$wanted" ] || echo dcmjs-dimse
}

# Prints the test classes of a module folder that need the peers: those tagged as a whole.
peers_test_classes() {
  local tests="$1/src/test/java"
  [ ! -d "$tests" ] || grep -rl --include='*.java' '^@Tag("peers")' "$tests" || true
}

# Prints how many test methods, in all modules, need the peers.
peers_test_count() {
  local module
  for module in "$root"/connectors/* "$root"/mapping "$root"/engine/*; do
    peers_test_classes "$module"
  done | while read -r class; do cat "$class"; done |
    grep -cE '^ *@(Test|ParameterizedTest|RepeatedTest|TestFactory)\b' || true
}
