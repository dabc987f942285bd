# shellcheck shell=sh disable=SC1003,SC2015,SC2034,SC2094,SC2154 # what is kept comes with the intent, before this; so do library and the functions of its plans
# What the programs of all that lasts have in common: they execute plans as changes with a record, a journal and an undo like any other.

# Seconds in which another run has to end.
patience=60
base=/var/lib/sriov-workbench
run=/run/sriov-workbench
devices=/sys/bus/pci/devices
trap '' HUP PIPE
trap 'exit 143' INT TERM
# What is known of a run that outlived its intent goes with it.
trap 'is_kept || rm -f "$run/$kept".*' EXIT
umask 077
export LC_ALL=C
cd /

# is_kept: still; a run that waited for its turn may find that this was removed meanwhile.
is_kept() { [ -e "$0" ]; }

log() { printf '%s: %s\n' "$kept" "$1"; }

# plainly TEXT: what can stand in a line and in a string of JSON.
plainly() { printf %s "$1" | tr '\n\t"' "  '" | tr -d '\000-\037\177\\' | cut -c 1-400; }

# result STATE [WHY]: how this run ended, where an inventory finds it. Not on the disk, which may be full; a boot begins anew.
result() {
	text=$(plainly "${2-}")
	[ "$(sed -n 's/.*"why":"\(.*\)"}$/\1/p' "$run/$kept.kept" 2>/dev/null)" = "$text" ] || [ -z "$text" ] || log "$text"
	printf '{"state":"%s","at":"%s","why":"%s"}\n' "$1" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$text" >"$run/$kept.new" &&
		mv "$run/$kept.new" "$run/$kept.kept"
}
failed() {
	why=$1
	result failed "$1"
	return 1
}

# close_interrupted: what an earlier run of ours began and, killed, did not end is undone; one that is still at it is waited for.
close_interrupted() {
	for begun in "$base"/changes/*/kept; do
		[ -e "$begun" ] && [ "$(cat "$begun")" = "$kept" ] || continue
		begun=${begun%/kept}
		if [ -s "$begun/progress" ]; then
			flock -w "$patience" "$begun/alive" true
			[ -d "$begun" ] || continue
			sh "$begun/plan.sh" recover 3>&- >"$run/$kept.said" 2>&1
			case $? in
			0 | 4) log 'an interrupted change was undone' ;;
			*)
				why="a change that was interrupted could not be undone: $(sed -n 's/^| //p' "$run/$kept.said" | head -n 2)"
				return 1
				;;
			esac
		else
			rm -rf "$begun"
		fi
	done
}

# pf_is_meant: the adapter is there, and is the one that was meant. Sets `pf_name`.
pf_is_meant() {
	if [ ! -e "$devices/$pf" ]; then why="the adapter $pf is not there"; return 1; fi
	pf_name=$(netdev_on_host "$pf" | head -n 1)
	if [ -z "$pf_name" ]; then why="the adapter $pf has no network device on the host"; return 1; fi
	if [ -n "$pf_mac" ] && ! ip -j link show dev "$pf_name" | grep -qE "\"(address|permaddr)\":\"$pf_mac\""; then
		why="another adapter is at $pf now: $pf_name does not have the MAC $pf_mac"
		return 1
	fi
	return 0
}

# change_by PLAN: executes it. Fails with `why`.
change_by() {
	what=$1
	why=$(own_folder "$base") || return
	late_change=$(date -u +%Y%m%dT%H%M%S)-$(od -An -N4 -tx4 /dev/urandom | tr -d ' ')
	late_now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
	change=$base/changes/$late_change
	if ! { mkdir -p "$base/attachments" "$base/finished" "$change" && { printf '%s\n' "$kept" >"$change/kept"; } && { late_values && "${what}_plan" && library; } >"$change/plan.sh"; } 2>/dev/null; then
		rm -rf "$change"
		why="$base could not be written to; is the disk full?"
		return 1
	fi
	sh "$change/plan.sh" apply 3>&- 7<&- >"$run/$kept.said" 2>&1
	code=$?
	[ "$code" != 0 ] || return 0
	why=$(why_not)
	[ -n "$why" ] || why='the network namespace of the container has changed'
	return 1
}

# late_values: what the plan couldn't know, as the first lines of its program.
late_values() {
	echo '#!/bin/sh'
	for value in change now boot container container_name pid inode device mac pf_state pf_name driver; do
		eval "printf \"late_%s='%s'\\n\" \"\$value\" \"\${late_$value-}\""
	done
}

# why_not: what the program said of its failure.
why_not() {
	while read -r at event number _; do
		case "$at $event" in
		'@ refused') "${what}_requires" "$number" ;;
		'@ busy') echo "another change is in progress on $number" ;;
		'@ failed') printf '%s: ' "$("${what}_step" "$number")" && sed -n '/^@ failed/,/^@ log/s/^| //p' "$run/$kept.said" | head -n 3 ;;
		'@ stuck') echo "; step $number could not be undone" ;;
		'@ outcome') case $number in unwritable) echo "$base could not be written to; is the disk full?" ;; unsafe) sed -n 's/^| //p' "$run/$kept.said" | head -n 2 ;; esac ;;
		esac
	done <"$run/$kept.said"
	[ -s "$run/$kept.said" ] || echo "the program ended without a word (exit status $code)"
}

# once COMMAND: when no other run is at it.
once() {
	flock -w "$patience" 3 || { echo 'another run of this program did not end'; return 1; }
	! is_kept || "$@" || { echo "${why:-it failed}"; return 1; }
}

why=$(own_folder "$run") || { echo "$why" >&2 && exit 1; }
exec 3>>"$run/$kept.lock"
