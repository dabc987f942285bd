# shellcheck shell=sh
# Where what looks at packets works: in the network namespace that is open as descriptor 7, else where it is.

# An ordinary user's PATH may lack these.
PATH=$PATH:/usr/sbin:/sbin

# inside COMMAND…: becomes the command, so it is for a subshell.
inside() {
	is_open 7 || exec "$@"
	exec nsenter --net=/proc/self/fd/7 sh -c 'exec "$@" 7<&-' sh "$@"
}

# has_device NAME
has_device() { (inside ip link show dev "$1") >/dev/null 2>&1; }
