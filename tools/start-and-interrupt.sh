#!/usr/bin/env bash
# Why: `npm start` is the README's first command, and it ends only when someone presses Ctrl-C. This starts it as a
# newcomer does, waits until it says that it is serving, interrupts it, and demands that it leaves with 0.
set -uo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT

setsid npm start >"$log" 2>&1 &
pid=$!
for _ in $(seq 1 3000); do
  grep -q 'Ctrl-C' "$log" && break
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.1
done
if ! grep -q 'Ctrl-C' "$log"; then
  echo 'npm start did not get as far as serving:' >&2
  cat "$log" >&2
  kill -KILL -- -"$pid" 2>/dev/null
  exit 1
fi
cat "$log"
kill -INT -- -"$pid"
wait "$pid"
status=$?
# npm itself may answer the interrupt with 130; what counts is that the server said goodbye.
if ! grep -q 'stopped' "$log" || { [ "$status" -ne 0 ] && [ "$status" -ne 130 ]; }; then
  echo "npm start did not stop cleanly (exit $status)" >&2
  tail -20 "$log" >&2
  exit 1
fi
echo 'npm start: both calls placed, stopped cleanly'
