# shellcheck shell=sh disable=SC2015,SC2154 # $base, $change and $holder come with the executor
# The locks of a change: a file per function, in a folder that only root can make.

locks=/run/sriov-workbench
older=/run/lock/sriov-workbench

# lock FD|- PCI shared|exclusive: with `-`, a process holds it.
lock() {
	[ "$1" != - ] || set -- 3 "$2" "$3"
	command eval "exec $1>>\"\$locks/\$2.lock\"" || return
	if ! flock -w 10 "--$3" "$1" || ! hand_over "$1" || ! lock_older "$2" "$3"; then
		say busy "$2"
		said "$(holder_of "$2")"
		return 1
	fi
	[ "$3" = shared ] || printf '%s\n' "$holder" >"$locks/$2.lock"
}

# hand_over FD: a shell has ten descriptors and ours are taken, so what is locked by 3 is held by a process that ends when
# $change/alive is let go of, which is when we end.
hand_over() {
	[ "$1" = 3 ] || return 0
	flock -s "$change/alive" true </dev/null >/dev/null 2>&1 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
	exec 3>&-
}

# lock_older PCI shared|exclusive: earlier versions keep their locks in a folder that any user could have made. Where it is there
# and root's, we hold that lock too, so that neither version works on what the other one has.
lock_older() {
	older_is_ours || return 0
	command exec 3>>"$older/$1.lock" && flock -w 10 "--$2" 3 && hand_over 3
}

# In a folder with the sticky bit nobody can replace root's. Another device would be a file system that a user mounted there.
older_is_ours() {
	[ -k "${older%/*}" ] && [ -d "$older" ] && folder_is_ours "$older" >/dev/null &&
		[ "$(stat -c %d "$older")" = "$(stat -c %d "${older%/*}")" ]
}

# holder_of PCI: the change under way that has a lock there; several may share one. The lock file names the last one that
# had it alone.
holder_of() {
	for other in "$base"/changes/*; do
		[ "$other" != "$change" ] && grep -qx locked "$other/progress" 2>/dev/null || continue
		grep -q "^	lock [0-9-]* $1 " "$other/plan.sh" && ! flock -ns "$other/alive" true && cat "$other/meta.json" && return
	done
	cat "$locks/$1.lock"
}
