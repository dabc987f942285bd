# shellcheck shell=sh
# struck FAULT before|after CONTAINER ARGV…: a step of a plan, with the fault right before or right after its work. Once: when
# the step is started again, it is left in peace.
struck() {
	struck_by=$1 struck_when=$2 struck_container=$3
	shift 3
	mkdir /run/struck 2>/dev/null || {
		"$@"
		return
	}
	if [ "$struck_when" = after ]; then "$@" || return; fi
	strike || return
	if [ "$struck_when" = before ]; then "$@"; fi
}

strike() {
	case $struck_by in
	failed) return 1 ;;
	held) sleep 30 ;;
	cut) sleep 1 ;;
	sshd) pkill -9 -f '^sshd.*root@notty' ;;
	killed) pkill -9 -f 'changes/.*/plan.sh' ;;
	full)
		# All but the last blocks at once.
		fallocate -l "$(($(stat -f -c '%f * %S' /) - 16777216))" /var/lib/sriov-workbench/fill
		cat /dev/zero >>/var/lib/sriov-workbench/fill 2>/dev/null
		;;
	gone) echo 0 >/sys/bus/pci/devices/0000:01:00.0/sriov_numvfs ;;
	orphaned)
		docker kill "$struck_container" >/dev/null
		pkill -9 -f 'changes/.*/plan.sh'
		;;
	stopped) docker kill "$struck_container" >/dev/null ;;
	restarted) docker kill "$struck_container" >/dev/null && docker start "$struck_container" >/dev/null ;;
	reused)
		pid=$(docker inspect --format '{{.State.Pid}}' "$struck_container")
		docker kill "$struck_container" >/dev/null
		# The kernel gives out the number after the last one.
		until [ -e "/proc/$pid/ns/net" ] && ! grep -q docker "/proc/$pid/cgroup"; do
			echo $((pid - 1)) >/proc/sys/kernel/ns_last_pid
			unshare --net sleep 317 >/dev/null 2>&1 &
		done
		;;
	esac
	return 0
}
