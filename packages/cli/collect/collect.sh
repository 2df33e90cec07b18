#!/bin/sh
# Gathers what Tuplescope reads from a pod's network namespace into one archive. Run it as root on
# the pod's node. `tuplescope collect` fills in the settings below and prints this script.
#
# It only reads: no rule, entry, socket, sysctl or counter changes, no kernel module is loaded, no
# interface becomes promiscuous, and nothing but the archive stays behind. It takes no environment,
# no arguments of commands and no configuration; of packets it keeps the headers alone, unless
# SNAPLEN asks for more. Ctrl-C ends the capture early, again ends it all; what is there is packed.
set -u
umask 077
LC_ALL=C
PATH=${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH

# Which Tuplescope made this.
VERSION=''
# The name of the pod, which is the hostname of its processes, and its namespace where that matters;
# or a process of the pod, which is `self` where this runs inside of it.
POD=''
NAMESPACE=''
PID=''
# Seconds to capture packets and events; 0 lists once and captures nothing.
DURATION=''
# Bytes to keep of each packet; empty keeps all headers and nothing behind them.
SNAPLEN=''
# Not empty: addresses are replaced.
REDACT=''
# Not empty: nothing is said but errors.
QUIET=''
# The archive; `-` is standard output, empty a name made of pod and time.
OUTPUT=''

# Packets of an interface, blocks of 512 bytes of events, lines of the kernel log, at most; seconds
# for one listing.
PACKETS=20000
EVENT_BLOCKS=131072
LOG_LINES=5000
PATIENCE=60

main() {
  check_tools
  find_namespace
  prepare
  take_node
  take_snapshot 1-before
  if [ "$DURATION" -gt 0 ]; then
    capture
    take_snapshot 2-after
  fi
  take_kernel_log
  finish_text
  pack
}

say() { [ -n "$QUIET" ] || printf 'tuplescope: %s\n' "$1" >&2; }

fail() {
  printf 'tuplescope: %s\n' "$1" >&2
  exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }

# Tells the reader of the bundle what is not in it, and why; each thing once.
note() {
  grep -qxF -- "$1" "$bundle/notes.txt" || printf '%s\n' "$1" >>"$bundle/notes.txt"
}

check_tools() {
  [ -e /proc/self/ns/net ] || fail 'there is no /proc here: run this on the Linux node of the pod'
  for tool in tar gzip mktemp awk od; do
    has "$tool" || fail "$tool is not installed here, and is needed to make the archive"
  done
  # An old busybox has a `timeout` of another grammar.
  if timeout 1 true 2>/dev/null; then has_timeout=1; else has_timeout=''; fi
}

# --- Where: the pod's network namespace ---

# Opens the namespace once, so that it stays the same one when the process ends and its number is
# given to another.
find_namespace() {
  [ "$PID" != self ] || return 0
  has nsenter || fail 'nsenter (util-linux) is not installed here'
  [ -n "$PID" ] || find_pod
  # An `exec` that fails would end the shell without a word.
  (exec 9<"/proc/$PID/ns/net") 2>/dev/null ||
    fail "cannot open the network namespace of process $PID: is it there, and are you root?"
  exec 9<"/proc/$PID/ns/net"
  nsenter --net=/proc/self/fd/9 -- true 2>/dev/null ||
    fail "cannot enter the network namespace of process $PID: run this as root"
}

# Finds a process whose hostname is the pod's. A hostname has 63 characters at most; the kubelet cuts
# a longer name off, and what separates words at its end.
find_pod() {
  wanted=$(printf '%.63s' "$POD" | sed 's/[-.]*$//')
  found=''
  elsewhere=''
  networks=' '
  for process in $(one_process_each); do
    network=${process#*/}
    process=${process%/*}
    case $networks in *" $network "*) continue ;; esac
    case $(nsenter --uts="/proc/$process/ns/uts" -- uname -n 2>/dev/null) in
    # The second is a name with its domain, of pods that ask for one.
    "$wanted" | "$wanted".*.svc.*) networks="$networks$network " ;;
    *) continue ;;
    esac
    kubernetes=$(kubernetes_namespace "$process")
    if [ -n "$NAMESPACE" ] && [ -n "$kubernetes" ] && [ "$kubernetes" != "$NAMESPACE" ]; then
      elsewhere="$elsewhere $kubernetes"
    else
      found="$found $process"
    fi
  done
  # shellcheck disable=SC2086 # words, of digits
  set -- $found
  [ $# -le 1 ] || fail "more than one pod here is called $POD: name its namespace with -n, or use --pid with one of$found"
  [ $# -eq 1 ] || fail_without_pod
  PID=$1
}

fail_without_pod() {
  [ -z "$elsewhere" ] || fail "$POD runs here in the namespace$elsewhere, not in $NAMESPACE"
  [ "$(id -u)" = 0 ] || fail 'looking for the pod takes root: run this as root'
  fail "no process here has the hostname $wanted: is this the node of the pod? Pods with a hostname of their own, or the node's, need --pid"
}

# One process of each network and hostname that the node has, as PROCESS/NETWORK.
one_process_each() {
  # shellcheck disable=SC2012 # what ls prints of these links is the same everywhere, and it is quick
  ls -ln /proc/[0-9]*/ns/net /proc/[0-9]*/ns/uts 2>/dev/null | awk '
    $(NF - 1) != "->" { next }
    { split($(NF - 2), path, "/") }
    path[5] == "net" { network = $NF; of = path[3] }
    path[5] == "uts" && of == path[3] && !seen[network, $NF]++ {
      gsub(/[^0-9]/, "", network)
      print of "/" network
    }'
}

# The namespace by which the pod's resolver completes names. What the pod might have made of its
# file is not trusted: a pipe in its place would hold us up, a link lead elsewhere, a name hold what
# a terminal obeys.
kubernetes_namespace() {
  resolver=/proc/$1/root/etc/resolv.conf
  if [ -L "$resolver" ] || [ ! -f "$resolver" ]; then return; fi
  head -c 4096 "$resolver" 2>/dev/null |
    awk '$1 == "search" {
      for (i = 2; i <= NF; i++)
        if (split($i, name, ".") > 2 && name[2] == "svc" && name[1] ~ /^[-a-z0-9]+$/) {
          print name[1]
          exit
        }
    }'
}

# Becomes a command inside the namespace that ends in time. The commands are the node's own: what
# the pod's image calls `ss` is not run as root.
become() {
  [ "$PID" = self ] || set -- nsenter --net=/proc/self/fd/9 -- "$@"
  [ -z "$has_timeout" ] || set -- timeout "$PATIENCE" "$@"
  exec "$@"
}

# Says whether the kernel has this function, built in or of a module that is loaded: asking for more
# would load one. Where the kernel does not say, it is taken to have it.
has_kernel() {
  [ -s "$scratch/kernel" ] || return 0
  grep -qxF "$1" "$scratch/kernel"
}

# --- What: files of a bundle ---

prepare() {
  subject=${POD:-pid-$PID}
  name=tuplescope-$subject-$(date -u +%Y%m%dT%H%M%SZ)
  [ -n "$OUTPUT" ] || OUTPUT=$name.tar.gz
  if [ "$OUTPUT" != - ]; then
    # Told now, not after the capture.
    case $OUTPUT in */*) place=${OUTPUT%/*}/ ;; *) place=. ;; esac
    [ -e "$OUTPUT" ] || [ -w "$place" ] || fail "cannot write into $place"
    if [ -d "$OUTPUT" ] || { [ -e "$OUTPUT" ] && [ ! -w "$OUTPUT" ]; }; then fail "cannot write $OUTPUT"; fi
  fi
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/tuplescope.XXXXXX") || fail 'cannot make a temporary folder'
  trap 'rm -rf "$scratch"' EXIT
  stops=0
  trap 'stops=$((stops + 1))' INT TERM HUP
  bundle=$scratch/$name
  mkdir "$bundle" "$scratch/raw"
  printf '%s\n' "Gathered by tuplescope $VERSION collect from $subject${NAMESPACE:+ in $NAMESPACE}." \
    'What is missing, and what the tools said:' >"$bundle/notes.txt"
  # What a compiler appends to a name begins with a point.
  awk '{ sub(/\..*/, "", $3) }
    $3 ~ /^(tcp_diag_dump|ctnetlink_dump_table|nft_register_expr|packet_rcv)$/ { print $3 }
    END { if (NR > 0) print "told" }' /proc/kallsyms >"$scratch/kernel" 2>/dev/null
  case $(date +%N) in '' | *[!0-9]*) fraction='' ;; *) fraction=.%N ;; esac
  [ "$(id -u)" = 0 ] ||
    note 'This did not run as root: sockets lack their processes, and more is left out.'
}

stopped() { [ "$stops" -gt 0 ]; }

# Keeps what a command prints inside the namespace, where it succeeds: half a listing would say that
# what it lacks is not there.
keep() { # FILE COMMAND...
  file=$1
  shift
  if stopped; then
    note "$file: stopped before it was taken."
  elif ! has "$1"; then
    note "$file: $1 is not installed."
  elif ! (become "$@") >"$folder/$file" 2>"$scratch/error"; then
    note "$file: $* failed: $(head -n 1 "$scratch/error")"
    rm -f "$folder/$file"
  fi
}

# As `keep`, of a command that would load this part of the kernel where it is not there.
keep_if() { # FUNCTION FILE COMMAND...
  function=$1
  shift
  if has_kernel "$function"; then keep "$@"; else note "$1: the kernel has not loaded what it takes."; fi
}

take_node() {
  folder=$bundle
  keep uname-a.txt uname -a
  keep proc_version.txt cat /proc/version
  if [ "$PID" = self ]; then
    note "os-release.txt: it would be that of this container's image, not that of the node."
  else
    keep os-release.txt cat /etc/os-release
  fi
  for family in iptables ip6tables; do take_rules "$family"; done
  keep_if nft_register_expr nft-list-ruleset.txt nft list ruleset
  for file in "$folder"/*.txt; do
    [ -s "$file" ] || { rm "$file" && note "${file##*/}: it printed nothing: there are no rules."; }
  done
  # Keys and secrets are settings too.
  # shellcheck disable=SC2016 # for the shell inside
  keep sysctl-net.txt sh -c 'grep -rs . /proc/sys/net | grep -v -e secret -e _key:'
}

# Rules are kept in two places, and each has a tool. Without a table named, neither loads one.
take_rules() {
  if has "$1-nft-save" || has "$1-legacy-save"; then
    if has "$1-legacy-save"; then keep "$1-legacy-save-c.txt" "$1-legacy-save" -c; fi
    if has "$1-nft-save"; then keep_if nft_register_expr "$1-nft-save-c.txt" "$1-nft-save" -c; fi
  elif "$1" -V 2>/dev/null | grep -q nf_tables; then
    keep_if nft_register_expr "$1-save-c.txt" "$1-save" -c
  else
    keep "$1-save-c.txt" "$1-save" -c
  fi
}

# The sockets and the entries come first, one right after the other: they are held against each other.
take_snapshot() { # FOLDER
  if stopped; then
    note "$1: stopped before it was taken."
    return
  fi
  folder=$bundle/$1
  mkdir "$folder"
  keep date.txt date -u "+%Y-%m-%d %H:%M:%S$fraction UTC"
  if has ss; then take_sockets ss-tanoep.txt -tanoep; else take_socket_tables; fi
  for family in ipv4 ipv6; do
    keep_if ctnetlink_dump_table "conntrack-L-o-extended-id-$family.txt" \
      conntrack -L -f "$family" -o extended,id
  done
  keep proc_net_nf_conntrack.txt cat /proc/net/nf_conntrack
  if has ss; then
    take_sockets ss-tinaoep.txt -tinaoep
    keep ss-s.txt ss -s
  fi
  keep_if ctnetlink_dump_table conntrack-S.txt conntrack -S
  keep_if ctnetlink_dump_table conntrack-C.txt conntrack -C
  # With -s and -a it leaves its file of earlier values alone.
  keep nstat-zas.txt nstat -zas
  keep nstat-zasj.json nstat -zasj
  for file in snmp netstat snmp6; do keep "proc_net_$file.txt" cat "/proc/net/$file"; done
}

# Without netlink `ss` reads /proc, which has all but the half that was shut down.
take_sockets() { # FILE OPTIONS
  if has_kernel tcp_diag_dump; then
    keep "$1" ss "$2"
  else
    keep "$1" env PROC_ROOT=/proc ss "$2"
  fi
  if [ -s "$folder/$1" ] && ! grep -q 'users:((' "$folder/$1"; then
    note "$1: no socket shows its process, which takes root on the node, or --profile=sysadmin and --target of kubectl debug."
  fi
}

take_socket_tables() {
  note 'ss is not installed: /proc/net/tcp has the sockets, without their processes.'
  if [ -n "$REDACT" ]; then
    note '/proc/net/tcp was left out: it has addresses in a form that is not replaced.'
  else
    for family in tcp tcp6; do keep "proc_net_$family.txt" cat "/proc/net/$family"; done
  fi
}

# --- What passes by meanwhile ---

capture() {
  stopped && return
  running=''
  PATIENCE=$((DURATION + 30))
  for device in lo $(other_device); do
    if ! has tcpdump; then
      note "$device.pcap: tcpdump is not installed."
    elif ! has_kernel packet_rcv; then
      note "$device.pcap: the kernel has not loaded what it takes."
    else
      # The longest headers have 14 + 60 + 60 bytes, and 4 with a VLAN tag.
      become tcpdump -p -i "$device" -s "${SNAPLEN:-138}" -c "$PACKETS" -U -w - tcp \
        >"$scratch/raw/$device.pcap" 2>"$scratch/raw/$device.said" &
      running="$running $!"
    fi
  done
  if has conntrack && has_kernel ctnetlink_dump_table; then
    {
      trap '' XFSZ
      ulimit -f "$EVENT_BLOCKS"
      become conntrack -E -o timestamp,id
    } >"$scratch/events" 2>"$scratch/raw/conntrack.said" &
    running="$running $!"
  fi
  sleep 1
  say "capturing for $DURATION s: let it happen now (Ctrl-C ends the capture, not the rest)"
  seconds=$DURATION
  while ! stopped && [ "$seconds" -gt 0 ]; do
    sleep 1
    seconds=$((seconds - 1))
  done
  # shellcheck disable=SC2086 # words, of digits
  [ -z "$running" ] || kill -TERM $running 2>/dev/null
  wait
  if [ "$stops" -eq 1 ]; then stops=0; fi
  PATIENCE=60
  keep_events
  for said in "$scratch"/raw/*.said; do
    if [ -s "$said" ]; then keep_saying "$said"; fi
  done
  finish_packets
}

# What the pod talks to others through: eth0, else where its default route leads.
other_device() {
  (become cat /proc/net/dev /proc/net/route /proc/net/ipv6_route) 2>/dev/null |
    awk '$1 ~ /^eth0:/ { eth0 = 1 }
      NF == 11 && $2 == "00000000" && $8 == "00000000" { route = $1 }
      NF == 10 && $1 ~ /^0+$/ && $2 == "00" && $10 != "lo" { route6 = $10 }
      END {
        device = eth0 ? "eth0" : route ? route : route6
        if (device ~ /^[A-Za-z0-9][-A-Za-z0-9._@]*$/) print device
      }'
}

keep_events() {
  file=conntrack-E-o-timestamp-id.txt
  if [ ! -s "$scratch/events" ]; then
    note "$file: conntrack saw no event, or could not look."
  elif [ -z "$(tail -c 1 "$scratch/events")" ]; then
    mv "$scratch/events" "$bundle/$file"
  else
    sed '$d' "$scratch/events" >"$bundle/$file"
    note "$file: it has reached its limit of $EVENT_BLOCKS blocks, and lacks the rest."
  fi
}

# How many packets there were, how many were lost, and what went wrong.
keep_saying() {
  subject=${1##*/}
  grep -v -e 'listening on' -e 'have been shown' "$1" |
    while IFS= read -r line; do note "${subject%.said}: $line"; done
}

# Takes the captures over: whole where SNAPLEN says how much of each packet, else their headers.
finish_packets() {
  for file in "$scratch"/raw/*.pcap; do
    if [ -s "$file" ] && [ -n "$SNAPLEN" ]; then
      mv "$file" "$bundle"
    elif [ -s "$file" ]; then
      od -An -v -tu1 "$file" >"${file%.pcap}.bytes"
    fi
  done
}

# --- At the end ---

# Of the kernel's log what netfilter, conntrack and TCP say of packets.
take_kernel_log() {
  stopped && return
  if ! { dmesg --time-format iso || dmesg -T || dmesg; } 2>/dev/null >"$scratch/log"; then
    note 'dmesg.txt: dmesg is not installed, or may not read the kernel log.'
    return
  fi
  grep -e 'IN=.* OUT=' -e nf_ct_ -e 'conntrack: ' -e 'SYN flooding' -e overflow -e 'orphaned sockets' \
    -e tcp_mem -e 'callbacks suppressed' "$scratch/log" |
    tail -n "$LOG_LINES" >"$bundle/dmesg.txt"
  if [ ! -s "$bundle/dmesg.txt" ]; then
    rm "$bundle/dmesg.txt"
    note 'dmesg.txt: the kernel log says nothing of packets, conntrack or TCP.'
  fi
}

# Cuts the packets and replaces the addresses, in one go: one address gets one replacement.
finish_text() {
  trap '' INT TERM HUP
  set -- "$scratch"/raw/*.bytes
  [ -e "$1" ] || shift
  if [ -n "$REDACT" ]; then
    # Nodes are often called by their addresses.
    [ ! -f "$bundle/uname-a.txt" ] || {
      awk '{ $2 = "redacted"; print }' "$bundle/uname-a.txt" >"$scratch/uname" &&
        mv "$scratch/uname" "$bundle/uname-a.txt"
    } || fail 'could not replace the name of the node'
    for file in "$bundle"/*.* "$bundle"/*/*.*; do
      case ${file##*/} in uname-a.txt | proc_version.txt | os-release.txt | *.pcap) continue ;; esac
      if [ -s "$file" ]; then set -- "$@" "$file"; fi
    done
  fi
  [ $# -gt 0 ] || return 0
  awk_program >"$scratch/program.awk"
  awk -v redact="$REDACT" -v seed="$(od -An -N4 -tu4 /dev/urandom)" -f "$scratch/program.awk" "$@" ||
    fail 'awk could not cut the packets or replace the addresses: nothing is written'
  for file; do
    case $file in
    *.bytes)
      device=${file##*/}
      # There is none where the capture had not even a header.
      [ -s "${file%.bytes}.sh" ] || continue
      # shellcheck disable=SC1090 # what awk made of numbers
      . "${file%.bytes}.sh" >"$bundle/${device%.bytes}.pcap"
      ;;
    *) mv "$file.redacted" "$file" || fail 'could not replace the addresses: nothing is written' ;;
    esac
  done
}

pack() {
  tar -C "$scratch" -cf "$scratch/tar" "$name" || fail 'could not make the archive'
  if [ "$OUTPUT" = - ]; then
    gzip -c <"$scratch/tar" || fail 'could not write the archive'
    return
  fi
  gzip -c <"$scratch/tar" >"$OUTPUT" || fail "could not write $OUTPUT"
  # Who called sudo wants to read it.
  [ -z "${SUDO_UID-}" ] || [ ! -f "$OUTPUT" ] || chown "$SUDO_UID:${SUDO_GID-}" "$OUTPUT"
  say "wrote $OUTPUT: read it with tuplescope analyze $OUTPUT"
}

awk_program() {
  cat <<'END_OF_AWK'
@AWK@
END_OF_AWK
}

main </dev/null
exit
