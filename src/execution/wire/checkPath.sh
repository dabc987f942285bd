# shellcheck shell=sh
# Asks about the path of a device, as inside.sh has it. Answers in sections (see sections.ts), each of them written at once: several
# questions are asked at a time. Changes nothing.

# say NAME TEXT
say() { printf '@@__NONCE__@@ %s\n%s\n' "$1" "$2"; }

# ask NAME COMMAND…: what it says is the answer, where it is; no command takes longer than eight seconds. ask_host: on the host.
ask() {
	name=$1
	shift
	say "$name" "$( (inside timeout 8 "$@") 2>&1)"
}
ask_host() {
	name=$1
	shift
	say "$name" "$(timeout 8 "$@" 2>&1)"
}

# can PROGRAM: it is there, and understands what is asked here.
can() {
	[ -n "$(command -v "$1")" ] || return
	[ "$1" != arping ] || is_known_arping
}

# is_known_arping: another one of that name takes the same options for others.
is_known_arping() {
	case $(arping -V 2>&1) in *iputils*) return 0 ;; esac
	arping --help 2>&1 | grep -q BusyBox
}
