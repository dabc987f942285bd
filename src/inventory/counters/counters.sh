# shellcheck shell=sh
# Prints the counters of a host's devices, again every so often, for as long as somebody reads. Prints sections (see sections.ts); a
# frame is what comes before `frame`. Reads only; needs no root, but gets into no namespace without.
# POSIX sh, coreutils, iproute2, util-linux.

section() { printf '@@__NONCE__@@ %s\n' "$*"; }
# An ordinary user's PATH may lack these.
PATH=$PATH:/usr/sbin:/sbin
# Hundredths of a second: from one frame to the next, and the longest without a sign of life.
every=__EVERY__ silence=500

# look: sets `now` to when the host was booted, in hundredths of a second ago; setting its clock doesn't change that. No process.
look() {
	read -r now _ </proc/uptime
	now=${now%.*}${now#*.}
}

# on_host: what the lines on standard input ask for. A device that is gone is left out.
on_host() {
	look
	section "host $now"
	ip -s -s -d -j -force -b - 2>/dev/null
}

# inside INODE PATH. A way in that is none any more gives nothing.
inside() {
	look
	section "namespace $1 $now"
	# What a process has open may be something else by now, such as a FIFO, which would hold us.
	case $2 in
	*/fd/*) timeout 5 nsenter --net="$2" ip -s -s -d -j link show 2>/dev/null ;;
	*) nsenter --net="$2" ip -s -s -d -j link show 2>/dev/null ;;
	esac
}

# rest UNTIL: says now and then that it is there, so that it ends soon when nobody reads any more.
rest() {
	while look && left=$(($1 - now)) && [ "$left" -gt 0 ]; do
		[ "$left" -le "$silence" ] || left=$silence
		part=$((left % 100))
		[ "$part" -gt 9 ] || part=0$part
		sleep "$((left / 100)).$part" >/dev/null
		[ "$1" -le "$((now + left))" ] || section beat || return
	done
}

count() {
	look
	next=$now
	while :; do
		__PLACES__
		section frame || return
		next=$((next + every))
		look
		# One that came late isn't caught up with.
		[ "$next" -gt "$now" ] || next=$((now + every))
		rest "$next" || return
	done
}

count
