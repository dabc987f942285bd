# shellcheck shell=sh disable=SC2154 # $change and $locks come with the executor; kept_program, watcher_program and watcher_unit with the plan
# The verbs for attachments that last: what is written to the host for them, and what calls it.

kept_home=/etc/sriov-workbench
units=/etc/systemd/system
devices_home=/etc/cdi

# has_systemd: it is what runs this host.
has_systemd() { [ -d /run/systemd/system ]; }

# make_home: the folders of what is kept.
make_home() { kept_folder "$kept_home" && kept_folder "$kept_home/attachments.d"; }

# leave_home: with the last intent, and what calls it, everything of ours goes.
leave_home() {
	for left in "$kept_home"/attachments.d/* "$units"/multi-user.target.wants/sriov-workbench@*.service; do
		[ ! -e "$left" ] || return 0
	done
	if [ -e "$units/sriov-workbench@.service" ]; then
		rm -f "$units/sriov-workbench@.service" "$kept_home/watch.sh" && systemctl daemon-reload &&
			systemctl reset-failed 'sriov-workbench@*' 2>/dev/null
	fi
	rmdir "$kept_home/attachments.d" "$kept_home" 2>/dev/null
	[ ! -e "$kept_home/watch.sh" ]
}

# start_watcher ENGINE: what listens to the engine is there, runs, and does so after each boot.
start_watcher() {
	make_home && write_new "$kept_home/watch.sh" watcher_program && write_new "$units/sriov-workbench@.service" watcher_unit &&
		systemctl daemon-reload && systemctl enable --now --quiet "sriov-workbench@$1.service"
}

# stop_watcher ENGINE: fine while an intent is left for it; with the last one of all engines everything of ours goes.
stop_watcher() {
	! grep -qsx "# when $1 .*" "$kept_home"/attachments.d/*.sh || return 0
	[ ! -e "$units/sriov-workbench@.service" ] || systemctl disable --now --quiet "sriov-workbench@$1.service" || return
	rm -f "$locks/events-$1" "$locks/watch-$1.lock"
	leave_home
}

# install_device ID: a CDI device, which has the runtime of a container run the program of that intent.
install_device() {
	if [ ! -d "$devices_home" ]; then mkdir -m 755 "$devices_home" && : >"$kept_home/made-cdi" || return; fi
	folder_is_ours "$devices_home" && offered=$1 && write_new "$devices_home/sriov-workbench-$1.json" cdi_device
}
cdi_device() {
	printf '{"cdiVersion":"0.3.0","kind":"sriov-workbench.local/vf","devices":[{"name":"%s","containerEdits":{"hooks":[%s,%s]}}]}\n' \
		"$offered" "$(cdi_hook createRuntime hook)" "$(cdi_hook poststop gone)"
}
cdi_hook() {
	printf '{"hookName":"%s","path":"/bin/sh","args":["sh","%s","%s"],"env":["PATH=%s"],"timeout":180}' \
		"$1" "$kept_home/attachments.d/$offered.sh" "$2" /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
}

# remove_device ID: with the last one their folder goes, where it was made for them.
remove_device() {
	rm -f "$devices_home/sriov-workbench-$1.json" "$devices_home/sriov-workbench-$1.json.new"
	for left in "$devices_home"/sriov-workbench-*; do
		[ ! -e "$left" ] || return 0
	done
	[ ! -e "$kept_home/made-cdi" ] || { rmdir "$devices_home" 2>/dev/null; rm -f "$kept_home/made-cdi"; }
}

# kept_folder PATH: only root can write there, and everybody can read what is kept.
kept_folder() {
	[ -d "$1" ] || mkdir -m 755 "$1" || return
	folder_is_ours "$1"
}

# write_new PATH PROGRAM: the file has what the function prints, at once or not at all.
write_new() {
	rm -f "$1.new" && "$2" >"$1.new" && chmod 644 "$1.new" && sync "$1.new" && mv -f "$1.new" "$1" && sync "${1%/*}"
}

# install_kept ID JSON: an intent, and its program beside it.
install_kept() {
	intent=$2
	write_new "$kept_home/attachments.d/$1.sh" kept_program && write_new "$kept_home/attachments.d/$1.json" kept_intent
}
kept_intent() { printf '%s\n' "$intent"; }

# remove_kept ID: both, and what is known of its last run. They wait in the folder of this change.
remove_kept() {
	for kind in json sh; do
		[ ! -e "$kept_home/attachments.d/$1.$kind" ] || { cp -p "$kept_home/attachments.d/$1.$kind" "$change/" && rm -f "$kept_home/attachments.d/$1.$kind"; } || return
	done
	sync "$kept_home/attachments.d" 2>/dev/null
	forget_runs "$1"
}

# forget_runs ID: one that is at it ends first, for it writes down how it ended. One that only pauses, or comes later, sees that there is nothing to do.
forget_runs() {
	flock -w 10 "$locks/$1.lock" true
	rm -f "$locks/$1".*
}

# restore_kept ID
restore_kept() {
	[ -e "$change/$1.sh" ] || return 0
	make_home && cp -p "$change/$1.sh" "$change/$1.json" "$kept_home/attachments.d/"
}

# run_kept ID: its program, once; says why that failed.
run_kept() { sh "$kept_home/attachments.d/$1.sh" attach </dev/null 4>&- 5>&- 6>&- 7<&- 8<&- 9<&-; }

# end_kept ID: what its program began and didn't end is undone.
end_kept() { [ ! -e "$kept_home/attachments.d/$1.sh" ] || sh "$kept_home/attachments.d/$1.sh" close </dev/null 4>&- 5>&- 6>&- 7<&- 8<&- 9<&-; }
