# shellcheck shell=sh
# The way into a container's network namespace. A process, its name, its arguments, its cgroup and the numbers of processes and
# namespaces can all be had by an ordinary user; who started a process and in which namespaces can't.

# open_namespace FD PATH INODE PID CONTAINER ENGINE USER: opens the namespace that was seen, and no other one, as descriptor FD. PID,
# CONTAINER and ENGINE are empty for a namespace that has a name; USER is whose rootless Podman runs the container, or empty. Of
# one that can't be opened, FD holds nothing.
open_namespace() {
	open_the_one "$@" && return
	command eval "exec $1</dev/null"
	return 1
}
open_the_one() {
	case $2 in
	/proc/*/fd/*) open_what_is_open "$1" "$2" "$3" ;;
	*) [ -r "$2" ] && command eval "command exec $1<\"\$2\"" ;;
	esac || return
	[ "$(stat -L -c %i "/proc/self/fd/$1")" = "$3" ] || return
	[ -z "$4" ] || is_child_of_engine "$4" "$5" "$6" "$7" || is_known_to_engine "$4" "$5" "$6" "$7"
}

# open_what_is_open FD PATH INODE: a process may have opened something else meanwhile, such as a FIFO, which would block forever. So
# a process of ours opens it and goes in, and we open the namespace that it is in.
open_what_is_open() {
	nsenter --net="$2" sleep 20 </dev/null >/dev/null 2>&1 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
	entered=$!
	tries=0
	until [ "$(stat -L -c %i "/proc/$entered/ns/net" 2>/dev/null)" = "$3" ] || [ "$tries" -ge 30 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	command eval "command exec $1<\"/proc/\$entered/ns/net\""
	opened=$?
	kill "$entered" 2>/dev/null
	return "$opened"
}

# is_open FD: it holds a namespace, and not /dev/null.
is_open() { [ -f "/proc/self/fd/$1" ]; }

# is_child_of_engine PID CONTAINER ENGINE USER: the parent is the engine's, root's or the user's, and has the container's id among its
# arguments; what stands before a slash is where that id is unique. A user's own must have begun in the host's network, where whatever namespace its child went to is one that the user made.
is_child_of_engine() {
	find_parent "$1" || return
	IFS= read -r comm <"/proc/$parent/comm" && is_engines_parent "$3" "$comm" || return
	user=0
	[ -z "$4" ] || user=$(id -u "$4" 2>/dev/null) || user=$4
	is_run_by "$parent" "$user" && are_same "/proc/$parent/ns/pid" /proc/self/ns/pid || return
	grep -zqxF -e "${2##*/}" "/proc/$parent/cmdline" || return
	[ -z "$4" ] || { are_same "/proc/$parent/ns/net" /proc/self/ns/net && ! are_same "/proc/$1/ns/user" /proc/self/ns/user; }
}

# is_known_to_engine PID CONTAINER ENGINE USER: where its runtime runs us as a hook for the process $made_now, the engine waits for us and can't
# be asked.
is_known_to_engine() {
	[ -z "$4" ] || return
	if [ -n "${made_now-}" ]; then [ "$made_now" = "$1" ]; else [ "$(engine_pid "$3" "$2")" = "$1" ]; fi
}

# find_parent PID: sets `parent`.
find_parent() {
	while read -r key parent; do
		[ "$key" != PPid: ] || return 0
	done <"/proc/$1/status"
	return 1
}

# is_run_by PID UID: by all four of its ids. The owner of its folder would be root, too, for a process that can't be dumped.
is_run_by() {
	while read -r key real effective saved filesystem; do
		[ "$key" = Uid: ] || continue
		[ "$real $effective $saved $filesystem" = "$2 $2 $2 $2" ]
		return
	done <"/proc/$1/status"
	return 1
}

# are_same PATH PATH: both lead to one namespace, and to one at all.
are_same() {
	# shellcheck disable=SC2046 # two numbers
	set -- $(stat -L -c %i "$@")
	[ $# = 2 ] && [ "$1" = "$2" ]
}
