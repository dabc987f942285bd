# shellcheck shell=sh
# Says what kind of thing changes on a host, for as long as somebody listens. Prints sections without a body (see sections.ts), in
# words of its own: what the monitors print is never passed on. Reads only; needs no root, but hears more with it.
# POSIX sh, coreutils, iproute2, udev, and the container engines where there are any.

section() { printf '@@__NONCE__@@ %s\n' "$*"; }
state=/var/lib/sriov-workbench
# An ordinary user's PATH may lack these.
PATH=$PATH:/usr/sbin:/sbin

# What is said of a source when it reports something.
network() {
	section network
}
device() {
	section device
}
namespaces() {
	section namespaces
}
engine() {
	section "engine $1"
}

# pass_on WORD SOURCE: says it for the lines that come in. Those right after are covered: nobody looks before they are there.
pass_on() {
	while read -r _; do
		"$@" || return
		timeout 0.05 cat >/dev/null
	done
}

# remember SOURCE PID: in `pids`, in place of what was remembered of it before.
pids=' '
remember() {
	pid_of "$1"
	[ -z "$pid" ] || pids="${pids%%" $1=$pid "*} ${pids#*" $1=$pid "}"
	pids="$pids$1=$2 "
}
# pid_of SOURCE: sets `pid`; empty where none is remembered.
pid_of() {
	pid=''
	case $pids in *" $1="*)
		pid=${pids#*" $1="}
		pid=${pid%% *}
		;;
	esac
}

# attend SOURCE WORD COMMAND…: listens to what the command prints, unless somebody does already. Who runs it, 4 is told.
attend() {
	source=$1 word=$2
	shift 2
	pid_of "$source"
	[ -z "$pid" ] || ! kill -0 "$pid" 2>/dev/null || return 0
	if [ -z "$(command -v "$1")" ]; then
		section "deaf $source"
		return
	fi
	{
		(
			exec 4>&-
			if [ "$word" = engine ]; then
				set -- "$@" --since "$since"
				"$1" ps --quiet >/dev/null 2>&1 || exit
			fi
			section "hears $source" >&3
			exec "$@" 2>/dev/null 3>&-
		) &
		echo "$source $!" >&4
	} | {
		exec 4>&-
		pass_on "$word" "$source"
		section "deaf $source"
	} &
	remember "$source" "$!"
}

# stamps: what tells that somebody used our folder.
stamps() { stat -c '%n %y' "$state" "$state"/* 2>/dev/null; }

watch() {
	exec 4>&1 1>&3
	section began
	before=$(stamps)
	# What happened since the host was last read is as good as new.
	since=$(($(date +%s) - __AGE__))
	while :; do
		attend ip network ip monitor link address route nsid
		attend udevadm device udevadm monitor --kernel --subsystem-match=net --subsystem-match=pci
		# What it prints would stay in its buffer.
		[ ! -d /run/netns ] || attend netns namespaces stdbuf -oL ip netns monitor
		__ENGINES__
		sleep __BEAT__ >/dev/null 3>&- 4>&-
		section beat || return
		since=$(($(date +%s) - __BEAT__ - 1))
		now=$(stamps)
		[ "$now" = "$before" ] || section journal
		before=$now
	done
}

# end_all: when `watch` has ended, however that came, ends what it started.
end_all() {
	while read -r source pid; do remember "$source" "$pid"; done
	for one in $pids; do kill "${one#*=}" 2>/dev/null; done
}

exec 3>&1
watch | end_all 3>&-
