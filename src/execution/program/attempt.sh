# shellcheck shell=sh disable=SC2034,SC2154 # $id, $locks and what `about` sets come with the plan and the executor
# Runs a step, and ends one that takes too long.

# attempt apply|undo N: a step, in a shell of its own, after `about N`. What it says is in `out` then. Fails as the step does, or with
# 124 when it had to be ended. Undoing gets more time.
attempt() {
	[ "$1" = apply ] || seconds=$((seconds + 15))
	if [ -z "$watching" ]; then
		watch </dev/null >/dev/null 2>&1 4>&- 5>&- 6>&- 7<&- 8<&- 9<&- &
		watching=$!
	fi
	("$1" "$2") >"$locks/$id.said" 2>&1 &
	attempted="$! $seconds"
	printf '%s\n' "$attempted" >"$locks/$id.step"
	# A signal to us ends the wait and not the step.
	while :; do
		wait "${attempted% *}"
		status=$?
		kill -0 "${attempted% *}" 2>/dev/null || break
	done
	: >"$locks/$id.step"
	out=''
	[ ! -s "$locks/$id.said" ] || out=$(cat "$locks/$id.said")
	[ "$status" = 0 ] || ! was_late || status=124
	return "$status"
}

# was_late: the step that was attempted had to be ended.
was_late() { [ -e "$locks/$id.late" ] && read -r late <"$locks/$id.late" && [ "$late" = "$attempted" ]; }

# watch: ends a step that takes longer than it may. One process for all of them: one for each would take longer than most steps do.
# Where the executor was killed, it goes on until the step has ended.
watch() {
	seen='' passed=0
	while sleep 1; do
		read -r now <"$locks/$id.step"
		kill -0 "$$" || { [ -n "$now" ] && kill -0 "${now% *}"; } || return
		if [ "$now" != "$seen" ]; then seen=$now passed=0; fi
		[ -n "$now" ] || continue
		passed=$((passed + 1))
		[ "$passed" -lt "${now#* }" ] || end_step
	done
}

# end_step: its shell is stopped, so that it doesn't go on with what comes next, and goes last: nothing of a step is left when it has ended.
end_step() {
	printf '%s\n' "$now" >"$locks/$id.late"
	kill -s STOP "${now% *}" || return
	# shellcheck disable=SC2046 # numbers
	kill -s TERM $(started_by "${now% *}")
	sleep 3
	# shellcheck disable=SC2046
	kill -s KILL $(started_by "${now% *}")
	kill -s KILL "${now% *}"
}

# started_by PID: all that it started, and what that did.
started_by() {
	# shellcheck disable=SC2013 # paths of numbers
	for child in $(grep -lsx "PPid:[[:space:]]*$1" /proc/[0-9]*/status); do
		child=${child%/status}
		echo "${child##*/}"
		started_by "${child##*/}"
	done
}
