#!/bin/sh
# shellcheck shell=sh
# Part of SR-IOV Workbench: attachments that last. Listens to the events of one engine ($1: docker or podman), and has the program of
# each VF that is kept for a container which started or ended look at it. `sriov lasting remove --all` removes this.
# It subscribes first and then lets every program look once, so that nothing is missed in between. It waits for events: it asks nothing
# by the clock. When the engine ends, so does this, and systemd starts it again (sriov-workbench@.service).

engine=$1
home=/etc/sriov-workbench/attachments.d
run=/run/sriov-workbench
export LC_ALL=C
umask 077
cd /

# poke EVENT NAME: every program that the event may be about, in the background. A container that is meant by its labels has any name.
poke() {
	for program in "$home"/*.sh; do
		[ -e "$program" ] || continue
		case "$1 $(sed -n 's/^# when //p' "$program" | head -n 1)" in
		"all $engine "* | *" $engine *" | *" $engine $2") sh "$program" reconcile "$1" </dev/null & ;;
		esac
	done
}

# events: a line `EVENT NAME` for each. What came since a second ago is as good as new.
events() {
	case $engine in
	docker) exec docker events --since "$since" --filter type=container --filter event=start --filter event=die --filter event=rename \
		--format '{{.Action}} {{.Actor.Attributes.name}}' ;;
	podman) exec podman events --since "$since" --filter type=container --filter event=start --filter event=died --filter event=rename \
		--format '{{.Status}} {{.Name}}' ;;
	esac
}

[ -d "$run" ] || mkdir -m 700 "$run" || exit
# A second watcher waits until the first one ends.
exec 9>>"$run/watch-$engine.lock"
flock -n 9 || { echo "another watcher of $engine runs; waiting for it" && flock 9; }

since=$(($(date +%s) - 1))
rm -f "$run/events-$engine" && mkfifo "$run/events-$engine" || exit
echo "listening to $engine"
(
	exec 9>&-
	events
) >"$run/events-$engine" &
exec <"$run/events-$engine"
poke all '' 9>&-
while read -r event name; do poke "$event" "$name" 9>&-; done
# The engine ended, perhaps with all of its containers: their VFs come back.
echo "$engine said no more"
poke all '' 9>&-
wait
