# shellcheck shell=sh
# The verbs for what the host does with a function's device: ports of bridges and bonds, and routes.

# join_master NAME MASTER: fine when the bridge or bond is gone.
join_master() { [ ! -e "/sys/class/net/$2" ] || ip link set dev "$1" master "$2"; }

# put_host_route DEVICE FAMILY ARG…: sets a route of the host again; fine when DEVICE is gone, or when another one was set in
# its place.
put_host_route() { host_route 'File exists' add "$@"; }

# drop_host_route DEVICE FAMILY ARG…: fine when there is no such route.
drop_host_route() { host_route 'No such process' del "$@"; }

# host_route FINE ACTION DEVICE FAMILY ARG…: does nothing when DEVICE is gone, and doesn't mind that `ip` fails with FINE.
host_route() {
	[ -e "/sys/class/net/$3" ] || return 0
	fine=$1 action=$2 family=$4
	shift 4
	unless_said "$fine" ip "$family" route "$action" "$@"
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
