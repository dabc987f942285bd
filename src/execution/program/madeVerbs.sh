# shellcheck shell=sh disable=SC2034,SC2154 # $change, $boot and $locks come with the executor; kept_home, units and what writes files with keptVerbs.sh
# The verbs for VFs after a boot: what is written to the host for them, and what calls it.

# this_boot ARGV…: runs a command, unless the host was booted since this change began: of what the kernel knew then, nothing is left to undo.
this_boot() {
	[ "$boot" = "$(cat "$change/boot")" ] || return 0
	"$@"
}

# enable_made ID: the boot makes them.
enable_made() { write_new "$units/sriov-workbench-vfs@.service" made_unit && systemctl daemon-reload && systemctl enable --quiet "sriov-workbench-vfs@$1.service"; }

# disable_made ID: it doesn't any more; with the last one all of this goes. The VFs stay.
disable_made() {
	[ ! -e "$units/sriov-workbench-vfs@.service" ] || systemctl disable --now --quiet "sriov-workbench-vfs@$1.service" || return
	systemctl reset-failed "sriov-workbench-vfs@$1.service" 2>/dev/null
	for left in "$units"/*.wants/sriov-workbench-vfs@*.service; do
		[ ! -L "$left" ] || return 0
	done
	rm -f "$units/sriov-workbench-vfs@.service" && systemctl daemon-reload
	rmdir "$kept_home/adapters.d" "$kept_home" 2>/dev/null
	[ ! -e "$units/sriov-workbench-vfs@.service" ]
}

# install_made ID JSON: an intent, and its program beside it. What was there waits in the folder of this change.
install_made() {
	intent=$2
	kept_folder "$kept_home" && kept_folder "$kept_home/adapters.d" && save_made "$1" &&
		write_new "$kept_home/adapters.d/$1.sh" made_program && write_new "$kept_home/adapters.d/$1.json" kept_intent
}

# remove_made ID: both, and what is known of its last run.
remove_made() {
	save_made "$1" && rm -f "$kept_home/adapters.d/$1.json" "$kept_home/adapters.d/$1.sh"
	sync "$kept_home/adapters.d" 2>/dev/null
	forget_runs "$1"
	[ ! -e "$kept_home/adapters.d/$1.json" ]
}

# restore_made ID: the files are as they were before this change.
restore_made() {
	[ -e "$change/$1.saved" ] || return 0
	rm -f "$kept_home/adapters.d/$1".*
	if [ -e "$change/$1.json" ]; then
		kept_folder "$kept_home" && kept_folder "$kept_home/adapters.d" && cp -p "$change/$1.sh" "$change/$1.json" "$kept_home/adapters.d/"
	else
		rmdir "$kept_home/adapters.d" "$kept_home" 2>/dev/null
		[ ! -e "$kept_home/adapters.d/$1.json" ]
	fi
}

# save_made ID
save_made() {
	[ ! -e "$change/$1.saved" ] || return 0
	for kind in json sh; do
		[ ! -e "$kept_home/adapters.d/$1.$kind" ] || cp -p "$kept_home/adapters.d/$1.$kind" "$change/" || return
	done
	: >"$change/$1.saved" && sync "$change"
}
