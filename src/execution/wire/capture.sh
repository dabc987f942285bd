# shellcheck shell=sh
# Captures packets of a device, as inside.sh has it, for as long as somebody reads. Standard output has what tcpdump writes there, and nothing else.

# without_ssh FILTER CONNECTION: FILTER without the packets of the ssh port; CONNECTION is sshd's. What is sent is captured, too, and
# would be sent in turn. In a VLAN, everything stands elsewhere, for all of the filter that follows.
without_ssh() {
	filter=$1
	# shellcheck disable=SC2086 # peer, its port, own address, own port
	set -- $2
	[ -n "${4-}" ] || return 0
	ssh="not (tcp port $4 or (vlan and tcp port $4))"
	filter="${filter:+($filter) and }$ssh"
}

# check_filter DEVICE FILTER: whether tcpdump takes it; says why not.
check_filter() { (inside tcpdump -i "$1" -d -- "$2") 9<&- 2>&1 >/dev/null; }

# capture DEVICE FILTER ARG…: the arguments are tcpdump's.
capture() {
	device=$1 filter=$2
	shift 2
	(inside tcpdump -i "$device" "$@" -- "$filter") 9<&- &
	captured=$!
	while_read "$captured" >/dev/null 2>&1 &
	watching=$!
	exec 9<&-
	wait "$captured"
	status=$?
	kill "$watching" 2>/dev/null
	return "$status"
}

# while_read PID: ends that process once nobody reads any more: descriptor 9 has ended, or said nothing for eight seconds. What the
# kernel has gathered for it by then, it gets within a second.
while_read() {
	while timeout 8 dd bs=512 count=1 <&9 2>/dev/null | grep -q ''; do :; done
	sleep 1.1
	kill "$1"
	sleep 3
	kill -KILL "$1"
}
