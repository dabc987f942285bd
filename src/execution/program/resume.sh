# shellcheck shell=sh disable=SC2015,SC2154 # A && B || C is intended; what `about` and the plan set comes with the executor
# Goes on with a change whose executor was killed: `recover` undoes it, `finish` does the rest.

# take_over: goes on with a change whose executor was killed. What a reboot undid, or what was complete, is only closed.
take_over() {
	take_part || { say outcome running; exit 3; }
	# A reboot undoes everything but what is in files.
	[ -n "$lasting" ] || [ "$boot" = "$(cat "$change/boot")" ] || finish undone 4
	take_locks && note locked || { say outcome refused; exit 3; }
	if grep -qx "done $steps" "$change/progress" && ! grep -q '^undone' "$change/progress"; then finish 'done' 0; fi
	begun=$(sed -n 's/^begin //p' "$change/progress" | tail -n 1)
}

# The steps that were begun and not undone are undone.
recover_plan() {
	take_over
	open_namespaces
	put_back "${begun:-0}"
}

# refuse_to_finish WHY: it stays where it is, to be undone.
refuse_to_finish() {
	said "$1"
	say outcome refused
	exit 3
}

# The step that was begun and not done is undone, for it may be half done; then it and the rest are done.
finish_plan() {
	take_over
	! grep -q '^undone' "$change/progress" || refuse_to_finish 'It failed or was cancelled, and was being undone.'
	if device_is missing || device_is another; then refuse_to_finish 'The function that it changes has been removed.'; fi
	open_namespaces || refuse_to_finish 'The network namespace of the change is gone.'
	mark_log
	if [ -z "$begun" ]; then
		preconditions || refuse_to_finish 'The host has changed since the change started.'
	elif ! grep -qx "done $begun" "$change/progress"; then
		about "$begun"
		enter_space
		attempt undo "$begun" || refuse_to_finish "Step $begun was interrupted and could not be restarted: $out"
	else
		begun=$((begun + 1))
	fi
	apply_from "${begun:-1}"
}
