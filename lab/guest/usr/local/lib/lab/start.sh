#!/bin/sh
# What is running when the lab says that it is ready. Runs beside the start of Docker, which takes longest.
set -eu

# Through the kernel: its messages come out of the serial port even where that gets no interrupts (amd).
tell() {
	echo "<2>lab: $1" >/dev/kmsg
}
trap '[ $? = 0 ] || tell "not ready"' EXIT

if command -v podman >/dev/null; then
	podman start pfw >/dev/null &
	podman=$!
fi

ip netns list | grep -q '^lab-ns' || ip netns add lab-ns

# The second card plays another machine on the first card's wire. Two cards of one host on one wire: each must answer
# for its own addresses only.
udevadm settle
if [ -e /sys/class/net/enp2s0 ]; then
	sysctl -q -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2
	ip link set enp2s0 up
	ip addr replace 10.99.0.254/24 dev enp2s0
fi

if command -v docker >/dev/null; then
	more=
	case " $(cat /proc/cmdline) " in *" lab.engines=ten "*) more="fw2 fw3 router2" ;; esac
	systemctl start docker
	# Two at a time, for two processors.
	docker start pod-a pod-b web hostnet >/dev/null &
	docker=$!
	# shellcheck disable=SC2086 # a list of names
	docker start fw router a.b_c-1.x $more >/dev/null
	wait "$docker"
	wait "$podman"
fi
tell ready
