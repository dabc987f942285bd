# shellcheck shell=sh
# Finds the running containers of containerd by its shims, without any client. For the probe.

# ask_shims: each shim with the first process of its container: its arguments, and who its container is by its configuration.
ask_shims() {
	pids=$(stat -L -c %i /proc/self/ns/pid)
	# Anybody can call a process so. Root's own, beside us, that run root's program: those are believed.
	# shellcheck disable=SC2015 # it goes on where either fails
	grep -lsx containerd-shim /proc/[0-9]*/comm | while read -r comm; do
		shim=${comm%/comm}
		# shellcheck disable=SC2046 # two numbers of each
		set -- $(stat -L -c '%u %i' "$shim/exe" "$shim/ns/pid" 2>/dev/null)
		[ $# = 4 ] && [ "$1:$4" = "0:$pids" ] || continue
		is_roots "$shim" || continue
		case $(readlink "$shim/exe") in */containerd-shim-runc-*) ;; *) continue ;; esac
		first=$(first_process "$shim")
		[ -n "$first" ] || continue
		section "shim $first"
		tr '\0' '\n' <"$shim/cmdline" | head -c 4096
		# It runs in its container's folder.
		section "annotations $first"
		grep -hso '"\(io\.kubernetes\.cri\.[a-z-]*\|nerdctl/name\)":"[^"\\]*"' "$shim/cwd/config.json"
	done
}

# is_roots PROCESS: by all four of its ids.
is_roots() { grep -qsx 'Uid:[[:space:]]*0[[:space:]]*0[[:space:]]*0[[:space:]]*0' "$1/status"; }

# first_process SHIM: what is run in the container later is a child of the shim, too; so are all containers of a pod.
first_process() {
	children=' '
	for list in "$1"/task/*/children; do
		more=''
		read -r more <"$list"
		children="$children$more "
	done 2>/dev/null
	first=''
	{ read -r first <"$1/cwd/init.pid"; } 2>/dev/null
	case $children in
	*" ${first:-none} "*) echo "$first" ;;
	*)
		# shellcheck disable=SC2086 # numbers
		set -- $children
		echo "${1-}"
		;;
	esac
}
