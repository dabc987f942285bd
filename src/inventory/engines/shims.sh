# shellcheck shell=sh
# Finds the running containers of containerd by its shims, without any client. For the probe.

# ask_shims: each shim with the first process of its container: its arguments, and who its container is by its configuration.
# Every container has one, so what can be asked of all of them at once is.
ask_shims() {
	shims='' exes='' others='' statuses=''
	# shellcheck disable=SC2013 # paths of numbers
	for comm in $(grep -lsx containerd-shim /proc/[0-9]*/comm); do
		shim=${comm%/comm}
		shims="$shims $shim" exes="$exes $shim/exe" others="$others $shim/ns/pid" statuses="$statuses $shim/status"
	done
	[ -n "$shims" ] || return 0
	facts=$(
		# shellcheck disable=SC2086
		{
			stat -L -c "%i %n" /proc/self/ns/pid $others
			stat -L -c "%u %n" $exes
			# By all four of its ids.
			grep -lsx 'Uid:[[:space:]]*0[[:space:]]*0[[:space:]]*0[[:space:]]*0' $statuses
			QUOTING_STYLE=literal stat -c %N $exes
		} 2>/dev/null
	)
	line='
'
	facts=$line$facts$line
	pids=${facts%% *}
	pids=${pids#"$line"}
	section shims
	cmdlines='' configurations=''
	for shim in $shims; do
		is_believed "$shim" || continue
		first_process "$shim"
		[ -n "$first" ] || continue
		printf '%s %s\n' "$first" "$shim"
		# It runs in its container's folder.
		cmdlines="$cmdlines $shim/cmdline" configurations="$configurations $shim/cwd/config.json"
	done
	[ -n "$cmdlines" ] || return 0
	section shim-arguments
	# shellcheck disable=SC2086
	grep -Hasz '' $cmdlines | tr '\0' '\n'
	section annotations
	# shellcheck disable=SC2086
	grep -Hso '"\(io\.kubernetes\.cri\.[a-z-]*\|nerdctl/name\)":"[^"\\]*"' $configurations
	:
}

# is_believed SHIM: anybody can call a process so. Root's own, beside us, that run root's program: those are believed.
is_believed() {
	for fact in "$pids $1/ns/pid" "0 $1/exe" "$1/status"; do
		case $facts in *"$line$fact$line"*) ;; *) return 1 ;; esac
	done
	program=${facts#*"$line$1/exe -> "}
	case ${program%%"$line"*} in */containerd-shim-runc-*) ;; *) return 1 ;; esac
}

# first_process SHIM: sets `first`. What is run in the container later is a child of the shim, too; so are all containers of a pod.
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
	*" ${first:-none} "*) ;;
	*)
		# shellcheck disable=SC2086 # numbers
		set -- $children
		first=${1-}
		;;
	esac
}
