# shellcheck shell=sh disable=SC2154 # what probe.sh sets comes at run time
# What is to last on this host, by us and by others.

# lasting: what is to last: VFs that are kept for containers, and those that are made after a boot. Everybody may read that; how the last
# runs ended, only root.
lasting() {
	kept
	made
}

# made: and whether the boot calls it.
made() {
	for intent in /etc/sriov-workbench/adapters.d/*.json; do
		[ -e "$intent" ] || return 0
		id=${intent##*/} id=${id%.json}
		if [ -L "/etc/systemd/system/multi-user.target.wants/sriov-workbench-vfs@$id.service" ]; then called=enabled; else called=disabled; fi
		section "made $called"
		cat "$intent"
		section "kept-result $id"
		cat "/run/sriov-workbench/$id.kept" 2>/dev/null
	done
}

kept() {
	for intent in /etc/sriov-workbench/attachments.d/*.json; do
		[ -e "$intent" ] || return 0
		section intent
		cat "$intent"
		id=${intent##*/} id=${id%.json}
		section "kept-result $id"
		cat "/run/sriov-workbench/$id.kept" 2>/dev/null
		[ -e "${intent%.json}.sh" ] || section "kept-program-gone $id"
	done
	section kept-watchers
	systemctl show --property=Id,ActiveState 'sriov-workbench@*.service' 2>/dev/null
	section kept-devices
	for device in /etc/cdi/sriov-workbench-*.json; do printf '%s\n' "$device"; done
}

# makers: what else of the host may create VFs at boot, as those lines of its files that say so, and of which adapter.
makers() {
	LC_ALL=C grep -RIlsE -D skip -e 'sriov[-_]num[-_]?vfs|^[[:space:]]*total-vfs|SR-IOVVirtualFunctions|virtual-function-count|[ ,]max_vfs=|numVfs' \
		/etc/NetworkManager /run/NetworkManager /usr/lib/NetworkManager /etc/systemd /run/systemd/network /usr/local/lib/systemd \
		/usr/lib/systemd/network /etc/netplan /run/netplan /etc/sriov-operator /etc/udev/rules.d /run/udev/rules.d \
		/usr/local/lib/udev/rules.d /usr/lib/udev/rules.d /etc/tmpfiles.d /etc/modprobe.d /etc/sysfs.conf /etc/sysfs.d \
		/etc/network /etc/rc.local /etc/init.d /etc/local.d /etc/crontab /etc/cron.d /var/spool/cron |
		while IFS= read -r path; do
			section "maker $path"
			LC_ALL=C grep -iE 'sriov|vfs|virtual|^[[:space:]]*(\[|[A-Za-z0-9_.@-]+:[[:space:]]*$|(id|interface-name|mac-address|match-device|path|name|originalname|macaddress|permanentmacaddress|driver|set-name|pciaddress)[[:space:]]*[=:])' "$path" |
				cut -c 1-500
		done
}
