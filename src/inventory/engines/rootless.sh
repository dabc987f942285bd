# shellcheck shell=sh
# Finds the containers that users run without root. For the probe.

# A rootless container is known to its user's Podman only; but each has a conmon, whose child it is. Anybody can call a process so.
# Where it runs beside us, in the host's network, its children in other ones are in what its user made, or in a container's own.
ask_rootless() {
	set --
	# shellcheck disable=SC2013 # paths of numbers
	for comm in $(grep -lsx conmon /proc/[0-9]*/comm); do set -- "$@" "${comm%/comm}"; done
	[ $# = 0 ] || stat -c '%U %u %n' "$@" 2>/dev/null | while read -r user uid process; do
		[ "$user" != UNKNOWN ] || user=$uid
		[ "$user" != root ] || continue
		if ! in_ours pid "$process" || ! in_ours net "$process"; then continue; fi
		children=''
		# shellcheck disable=SC2013 # one line of numbers
		for child in $(cat "$process/task/${process##*/}/children" 2>/dev/null); do
			# In our user namespace it is a command of the host, such as one that runs as root.
			[ "$(stat -L -c %i "/proc/$child/ns/user" 2>/dev/null)" = "$(stat -L -c %i /proc/self/ns/user)" ] || children="$children $child"
		done
		section "rootless $user$children"
		tr '\0' '\n' <"$process/cmdline" | head -c 4096
	done
}

# in_ours KIND PROCESS: it is in the namespace of that kind that we are in.
in_ours() { case $(stat -L -c %i "$2/ns/$1" 2>/dev/null) in '' | "$(stat -L -c %i "/proc/self/ns/$1")") ;; *) false ;; esac }
