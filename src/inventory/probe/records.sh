# shellcheck shell=sh disable=SC2154 # what probe.sh sets comes at run time
# Our records and the changes that were begun or finished.

records() {
	if [ -e "$state" ] && ! is_own "$state" && ! why=$(folder_is_ours "$state"); then
		section state-unsafe
		printf '%s\n' "$why"
	elif [ -d "$state" ]; then
		attachments
		pending
		[ -n "${1-}" ] || finished
	fi
}

# attachments: each record, and whether it is about the function that has that address now.
attachments() {
	set -- "$state"/attachments/*.json
	[ -e "$1" ] || return 0
	there=$(
		for record; do
			name=${record##*/} name=${name%.json}
			set -- "$@" "$sys/${name%.macvlan-*}"
			shift
		done
		stat -L -c '%i %n' "$@" 2>/dev/null
	)
	for record; do
		vf=${record##*/} vf=${vf%.json} made=''
		{ read -r made <"${record%.json}.device"; } 2>/dev/null
		if [ -z "$made" ] || has_line "$there" "$made $sys/${vf%.macvlan-*}"; then section record; else section record-of-another; fi
		while IFS= read -r text || [ -n "$text" ]; do printf '%s\n' "$text"; done 2>/dev/null <"$record"
	done
}

# has_line TEXT LINE
has_line() {
	line='
'
	case $line$1$line in *"$line$2$line"*) ;; *) return 1 ;; esac
}

# pending: changes that were begun and not finished.
pending() {
	for change in "$state"/changes/*; do
		[ -d "$change" ] || continue
		# One that isn't yet begun is its executor's to begin, for a while.
		since=$(stat -c %Y "$change" 2>/dev/null) || continue
		[ -s "$change/progress" ] || [ "$(($(date +%s) - since))" -gt 10 ] || continue
		if flock -ns "$change/alive" true 2>/dev/null; then running=stopped; else running=running; fi
		# It may have ended meanwhile.
		[ -d "$change" ] || continue
		section "change ${change##*/} $running"
		cat "$change/meta.json" 2>/dev/null
		section "progress ${change##*/}"
		cat "$change/progress" 2>/dev/null
		section "plan ${change##*/}"
		[ "$running" = running ] || cat "$change/plan.json" 2>/dev/null
	done
}

# finished: the last change that was, and what it did.
finished() {
	# shellcheck disable=SC2012,SC2046 # names made by us; find is not everywhere
	set -- $(LC_ALL=C ls -t "$state/finished" 2>/dev/null)
	[ $# = 0 ] || {
		section "finished ${1%.json}"
		cat "$state/finished/$1"
	}
}
