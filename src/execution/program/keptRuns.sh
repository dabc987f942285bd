# shellcheck shell=sh disable=SC2154 # $kept, $meant_name and $run come with the intent and later.sh, before this; so do hook, gone and back with hook.sh
# How the program of a VF that is kept is run: `reconcile` after an event, `attach` and `give-back` once, `close` what was interrupted; and what
# the runtime of an engine runs: see hook.sh.

# uptime: sets `now` to the seconds since the boot, which no clock sets back.
uptime() {
	read -r now _ </proc/uptime
	now=${now%.*}
}

# pace: a container that starts again and again gets its VF later and later, up to 30 seconds; three starts in a while are usual.
pace() {
	uptime
	last=0 count=0
	[ ! -s "$run/$kept.pace" ] || read -r last count <"$run/$kept.pace"
	if [ $((now - last)) -gt 60 ] || [ "$now" -lt "$last" ]; then count=0; fi
	count=$((count + 1))
	[ "$count" -le 8 ] || count=8
	printf '%s %s\n' "$now" "$count" >"$run/$kept.pace"
	[ "$count" -gt 3 ] || return 0
	pause=$((1 << (count - 3)))
	[ "$pause" -le 30 ] || pause=30
	[ "$count" -ne 4 ] || log "${meant_name:-the container} starts again and again; its VF comes later each time, up to 30 s"
	sleep "$pause"
}

# reconcile [EVENT]: looks, one run at a time. What happens meanwhile is looked at by the run that is at it.
reconcile() {
	: >"$run/$kept.wanted"
	while [ -e "$run/$kept.wanted" ]; do
		flock -n 3 || return 0
		rm -f "$run/$kept.wanted"
		[ "${1-}" != start ] || pace
		pause=1
		until ! is_kept || look || [ "$pause" -gt 16 ]; do
			sleep "$pause"
			pause=$((pause * 2))
		done
		flock -u 3
	done
}

case ${1-} in
reconcile) reconcile "${2-}" ;;
attach | give-back) once look ;;
close) once close_interrupted ;;
hook | gone | back) "$1" "${2-}" ;;
*) echo "usage: sh $0 reconcile|attach|give-back|close" && exit 2 ;;
esac
