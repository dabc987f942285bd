# shellcheck shell=sh disable=SC2154 # what probe.sh sets comes at run time
# The ways into network namespaces, and what is in them.

# namespaces all [unless-bare]|'INODE PATH'…: what is in each of them; or in these, each with the way into it that was seen last.
namespaces() {
	[ $# -gt 0 ] && [ "$uid" = 0 ] || return 0
	wanted=" $1 "
	[ "$1" = all ] || in_known "$@"
	[ "$wanted" = ' ' ] || ways_in | LC_ALL=C sort -s -u -k1,1n | while read -r inode path; do
		[ "$inode" = "$own" ] && continue
		case $wanted in ' all ' | *" $inode "*) ;; *) continue ;; esac
		if [ "${2-}" = unless-bare ] && is_bare "$path"; then
			section "namespace $inode $path"
			printf '%s\n' '[]' '[]' '[]'
		else
			look_inside "$inode" "$path"
		fi
	done
}

# is_bare PATH: that namespace is a process's, and has no device but the loopback, which takes no process to see.
is_bare() {
	case $1 in /proc/*/ns/net) ;; *) return 1 ;; esac
	only=''
	while read -r device _; do
		case $device in
		'Inter-|' | face) ;;
		lo:*) only=lo ;;
		*) return 1 ;;
		esac
	done 2>/dev/null <"${1%ns/net}net/dev"
	[ -n "$only" ]
}

# in_known 'INODE PATH'…: looks into those that are where they were; `wanted` are the others, which have to be found.
in_known() {
	wanted=' '
	line='
'
	there=$line$(
		for known; do
			set -- "$@" "${known#* }"
			shift
		done
		stat -L -c '%i %n' "$@" 2>/dev/null
	)$line
	for known; do
		case $there in
		*"$line$known$line"*) look_inside "${known%% *}" "${known#* }" ;;
		*) wanted="$wanted${known%% *} " ;;
		esac
	done
}

# ways_in: every namespace that a process, a bind mount or, where we attached something, an open file leads to.
# One line each: a line break in a name is written as \001.
ways_in() {
	stat -L --printf '%d %i %n\0' /proc/[0-9]*/ns/net /run/netns/* /run/docker/netns/* 2>/dev/null |
		tr '\n\0' '\001\n' | sed -n "s/^$nsfs //p"
	[ ! -d "$state/attachments" ] || QUOTING_STYLE=literal stat -c %N /proc/[0-9]*/fd/* 2>/dev/null |
		sed -n 's|^\(/proc/[0-9]*/fd/[0-9]*\) -> net:\[\([0-9]*\)]$|\2 \1|p'
}

# look_inside INODE PATH. A way in ends with its process. Without any other the namespace itself has ended.
look_inside() {
	look_by "$1" "$2" && return
	path=$(ways_in | sed -n "s/^$1 //p" | head -n 1)
	if [ -z "$path" ]; then
		section "namespace-ended $1"
	elif ! look_by "$1" "$path"; then
		section "namespace-failed $1"
	fi
}

# look_by INODE PATH
look_by() {
	section "namespace $1 $2"
	# What a process has open may be something else by now, such as a FIFO, which would hold us.
	case $2 in */fd/*) set -- "$@" timeout 5 ;; esac
	path=$2
	if ! [ -e "$path" ]; then
		path=$(printf '%sx' "$path" | tr '\001' '\n')
		path=${path%x}
	fi
	shift 2
	"$@" nsenter --net="$path" ip -j -d -b - 2>&1 <<-BATCH
		addr show
		$routes
	BATCH
}
