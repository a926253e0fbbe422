#!/usr/bin/env bash
# Runs a server that must not outlive the test: it is ended when our standard input ends, and we end when it does.
"$@" </dev/null &
child=$!
trap 'kill "$child" 2>/dev/null' EXIT
while kill -0 "$child" 2>/dev/null; do
  read -r -t 0.5 _
  [ $? -gt 128 ] || break
done
kill "$child" 2>/dev/null
wait "$child"
