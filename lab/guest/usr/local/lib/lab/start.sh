#!/bin/sh
# What is running when the lab says that it is ready.
set -eu

ip netns add lab-ns 2>/dev/null || true

# The second card plays another machine on the first card's wire. Two cards of one host on one wire: each must answer
# for its own addresses only.
if [ -e /sys/class/net/enp2s0 ]; then
	sysctl -q -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2
	ip link set enp2s0 up
	ip addr replace 10.99.0.254/24 dev enp2s0
fi

case " $(cat /proc/cmdline) " in
*" lab.engines=none "*) ;;
*" lab.engines=ten "*) more="fw2 fw3 router2" ;;
*) more="" ;;
esac
if command -v docker >/dev/null; then
	podman start pfw >/dev/null &
	# shellcheck disable=SC2086 # a list of names
	docker start pod-a fw router web hostnet pod-b a.b_c-1.x $more >/dev/null
	wait $!
fi
echo "lab: ready"
