#!/bin/sh
# Makes the network namespace that it runs in that of a pod with a leak: a transparent proxy on port
# 15001 that keeps the half-closed socket of port 44410, whose conntrack entry has expired. It says
# `leaked` then, and goes on until it is ended. Run it as root:
#   unshare --net --uts sh leaking-pod.sh HOSTNAME NODE
set -eu
printf '%s' "$1" >/proc/sys/kernel/hostname
ip link set lo up
ip link add eth0 type veth peer name wire
ip link set eth0 up
ip link set wire up
ip address add 10.77.0.1/24 dev eth0
ip -6 address add fd00:77::1/64 dev eth0 nodad
ip neighbour add 10.77.0.9 lladdr 02:00:00:00:00:09 dev eth0
iptables-restore <<'END'
*nat
:OUTPUT ACCEPT [0:0]
:ISTIO_OUTPUT - [0:0]
:ISTIO_REDIRECT - [0:0]
-A OUTPUT -p tcp -j ISTIO_OUTPUT
-A ISTIO_OUTPUT -d 10.77.128.0/17 -j RETURN
-A ISTIO_OUTPUT -d 10.77.0.0/16 -p tcp -m tcp --dport 7777 -j ISTIO_REDIRECT
-A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
COMMIT
END
echo 1 >/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_close_wait
exec "$2" "$(dirname "$0")/leaking-pod.mjs"
