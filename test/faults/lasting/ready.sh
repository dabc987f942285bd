# shellcheck shell=sh
# How long it takes from the start of a container until its VF is ready in it, by what attaches it: r0 has the watcher, r1 a loop by hand, r2 CDI.
uptime_ms() {
	read -r now _ </proc/uptime
	now=${now%.*}${now#*.}0
}

# by_hand: what one would write oneself.
by_hand() {
	docker events --filter type=container --filter event=start --filter container=r1 --format '{{.Actor.Attributes.name}}' | while read -r name; do
		pid=$(docker inspect -f '{{.State.Pid}}' "$name")
		ip link set dev "$(ls /sys/bus/pci/devices/0000:01:10.2/net)" netns "$pid" name eth1
		nsenter -t "$pid" -n ip addr add 10.79.1.1/24 dev eth1
		nsenter -t "$pid" -n ip link set eth1 up
	done
}

# start N: that container is started; prints the milliseconds until its VF is ready, and until the engine has started it. Then it is stopped.
start() {
	task=/run/containerd/io.containerd.runtime.v2.task/moby/$(docker inspect -f '{{.Id}}' "r$1")
	rm -f /run/sriov-workbench/*.pace /run/ready.started
	uptime_ms
	begin=$now
	{ docker start "r$1" >/dev/null && uptime_ms && echo "$now" >/run/ready.started; } &
	# It ends without a line feed, which `read` takes for a failure.
	until [ -s "$task/init.pid" ] && { read -r pid <"$task/init.pid" || [ -n "$pid" ]; }; do sleep 0.05; done
	until nsenter -t "$pid" -n ip -br addr show dev "eth$1" 2>/dev/null | grep -q "UP .*10.79.$1.1/24"; do
		sleep 0.05
		uptime_ms
		[ $((now - begin)) -lt 60000 ] || { echo "r$1 has no VF after a minute" >&2 && return 1; }
	done
	uptime_ms
	ready=$now
	wait
	echo "$((ready - begin)) $(($(cat /run/ready.started) - begin))"
	docker stop -t 0 "r$1" >/dev/null
	until [ -n "$(ls "/sys/bus/pci/devices/0000:01:10.$(($1 * 2))/net")" ] && [ ! -e "/var/lib/sriov-workbench/attachments/0000:01:10.$(($1 * 2)).json" ]; do sleep 0.2; done
}
