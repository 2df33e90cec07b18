#!/bin/sh
# Gathers what Tuplescope reads from a pod's network namespace into one archive, from anywhere that
# kubectl works: a debug container with the tools joins the pod, and the script for the node runs in
# it. `tuplescope collect --kubectl` fills in the settings below and prints this script.
#
# The container runs no longer than it takes; that it was there stays in the pod's description, for
# Kubernetes removes none. These variables change what it is made of:
#   TUPLESCOPE_IMAGE    an image with sh, ss, conntrack, nstat, iptables-save and tcpdump
#   TUPLESCOPE_PROFILE  netadmin, where the cluster admits no privileged container; sockets then lack
#                       their processes, and the kernel log is left out
#   TUPLESCOPE_TARGET   the container whose processes are seen; default: a known proxy's
set -u
umask 077

POD=''       # the pod's name
NAMESPACE='' # its namespace; empty is the one that kubectl uses
DURATION=''  # seconds to capture packets and events
QUIET=''     # not empty: say nothing but errors
OUTPUT=''    # the archive; `-` is standard output, empty a name made of pod and time

STARTS=60 # times to ask, two seconds apart, whether the container runs

main() {
  command -v kubectl >/dev/null 2>&1 || fail 'kubectl is not installed here'
  now=$(date -u +%Y%m%dT%H%M%SZ)
  container=tuplescope-$(printf '%s' "$now" | tr 'TZ' 'tz')
  [ -n "$OUTPUT" ] || OUTPUT=tuplescope-$POD-$now.tar.gz
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/tuplescope.XXXXXX") || fail 'cannot make a temporary folder'
  started=''
  trap clean_up EXIT
  trap 'exit 2' INT TERM HUP
  start_container
  trap stop_early INT TERM HUP
  collect
  trap '' INT TERM HUP
  deliver
}

# shellcheck disable=SC2317 # called by a trap
clean_up() {
  [ -z "$started" ] || in_container touch /tmp/tuplescope-done 2>/dev/null
  rm -rf "$scratch"
}

fail() {
  printf 'tuplescope: %s\n' "$1" >&2
  exit 2
}

say() { [ -n "$QUIET" ] || printf 'tuplescope: %s\n' "$1" >&2; }

ask() { kubectl ${NAMESPACE:+--namespace="$NAMESPACE"} "$@"; }

in_container() { ask exec "$POD" --container="$container" -- "$@"; }

# The container waits to be told that it is no longer needed, and no longer than that can take. What
# it printed would stay in the pod's log, so it prints nothing, and is spoken to by `exec`.
start_container() {
  target=${TUPLESCOPE_TARGET-$(find_proxy)}
  # shellcheck disable=SC2016 # for the shell inside
  ask debug "$POD" --quiet --container="$container" ${target:+--target="$target"} \
    --image="${TUPLESCOPE_IMAGE:-nicolaka/netshoot:v0.13}" \
    --profile="${TUPLESCOPE_PROFILE:-sysadmin}" \
    -- sh -c 'while [ ! -e /tmp/tuplescope-done ] && [ "$1" -gt "$((waited += 1))" ]; do sleep 1; done' \
    sh "$((DURATION + 600))" >&2 ||
    fail 'kubectl debug did not start a container; where the cluster admits no privileged one, set TUPLESCOPE_PROFILE=netadmin'
  started=1
  say "waiting for the debug container $container"
  until in_container true >/dev/null 2>"$scratch/reason"; do
    STARTS=$((STARTS - 1))
    [ "$STARTS" -gt 0 ] || fail "the debug container $container does not start: $(cat "$scratch/reason")"
    sleep 2
  done
}

find_proxy() {
  ask get pod "$POD" --output='jsonpath={.spec.containers[*].name} {.spec.initContainers[*].name}' |
    tr ' ' '\n' | grep -x -m 1 -e istio-proxy -e linkerd-proxy
}

# In the background, where Ctrl-C does not reach it: it is to end what it does, and to hand it over.
collect() {
  script | ask exec "$POD" --stdin --container="$container" -- sh -s >"$scratch/archive" &
  running=$!
  wait "$running"
  while kill -0 "$running" 2>/dev/null; do wait "$running"; done
}

# shellcheck disable=SC2016,SC2317 # for the shell inside; called by a trap
stop_early() { in_container sh -c 'kill -TERM "$(cat /tmp/tuplescope-pid)"'; }

deliver() {
  gzip -t <"$scratch/archive" 2>/dev/null || fail "there is no archive from $POD"
  if [ "$OUTPUT" = - ]; then
    cat "$scratch/archive"
    return
  fi
  cat "$scratch/archive" >"$OUTPUT" || fail "could not write $OUTPUT"
  say "wrote $OUTPUT: read it with tuplescope analyze $OUTPUT"
}

script() {
  cat <<'END_OF_SCRIPT'
echo $$ >/tmp/tuplescope-pid
@COLLECT@
END_OF_SCRIPT
}

main </dev/null
exit
