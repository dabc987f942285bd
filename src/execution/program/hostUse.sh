# shellcheck shell=sh
# The words for what the host does with a function's device: ports of bridges and bonds, and routes.

# join_master NAME MASTER: fine when the bridge or bond is gone.
join_master() { [ ! -e "/sys/class/net/$2" ] || ip link set dev "$1" master "$2"; }

# put_host_route DEVICE FAMILY WORD…: sets a route of the host again; fine when DEVICE is gone, or when somebody has set one in
# its place.
put_host_route() {
	[ -e "/sys/class/net/$1" ] || return 0
	shift
	family=$1
	shift
	unless_said 'File exists' ip "$family" route add "$@"
}

# drop_host_route DEVICE FAMILY WORD…: fine when there is no such route.
drop_host_route() {
	[ -e "/sys/class/net/$1" ] || return 0
	shift
	family=$1
	shift
	unless_said 'No such process' ip "$family" route del "$@"
}

# unless_said TEXT ARGV…: runs a command, and doesn't mind that it fails with TEXT.
unless_said() {
	text=$1
	shift
	error=$("$@" 2>&1) && return
	case $error in *"$text"*) return 0 ;; esac
	printf '%s\n' "$error"
	return 1
}
