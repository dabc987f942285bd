# shellcheck shell=sh disable=SC1003,SC2015,SC2034,SC2094,SC2154 # what is kept comes with the intent, before this; so do attach_plan, give_back_plan and library
# The program of one VF that is kept for a container: looks whether the container runs, and where the VF is, and does what is to be done, as a
# change with a record, a journal and an undo like any other. What runs it is in keptRuns.sh, after this.

# adapter_is_there: the VF, on the adapter that was meant.
adapter_is_there() {
	pf_is_meant || return
	if [ ! -e "$devices/$vf" ]; then why="VF $index of $pf_name does not exist: it has $(cat "$devices/$pf/sriov_numvfs") VFs"; return 1; fi
	case $(driver_of "$vf") in
	none) why="no driver is bound to VF $index of $pf_name" ;;
	*vfio* | uio* | *_uio | *stub) why="VF $index of $pf_name is bound to $(driver_of "$vf")" ;;
	*) return 0 ;;
	esac
	return 1
}

# find_container: sets `container`, `pid` and `container_name` to the running one that is meant, or to nothing. Fails where that can't be told.
find_container() {
	container='' pid='' container_name='' candidates=$meant_name
	if [ -z "$meant_name" ]; then
		# shellcheck disable=SC2086 # options made by us
		candidates=$(eval "\"\$engine\" ps --quiet --no-trunc $meant_labels" 2>&1) || { why="$engine does not answer: $candidates"; return 1; }
	fi
	for candidate in $candidates; do
		if ! answer=$("$engine" inspect --type container --format "{{.$id_field}} {{.State.Pid}} {{.State.Running}} {{.Name}}" "$candidate" 2>&1); then
			case $answer in *[Nn]'o such '* | *'no container with'*) continue ;; esac
			why="$engine does not answer: $answer"
			return 1
		fi
		# shellcheck disable=SC2086 # four words
		set -- $answer
		[ "${3-}" = true ] && [ "${2-0}" -gt 0 ] || continue
		# The engine takes the beginning of an id for a name, too.
		[ -z "$meant_name" ] || [ "${4#/}" = "$meant_name" ] || continue
		if [ -n "$container" ]; then
			why="more than one container is meant: ${4#/} and $container_name run"
			return 1
		fi
		container=$1 pid=$2 container_name=${4#/}
	done
	case $container$pid in *[!0-9a-f]*) why="$engine said what can't be an id: $container"; return 1 ;; esac
	case $container_name in *[!A-Za-z0-9_.-]*) why="a container has a name that can't be used"; return 1 ;; esac
}

# enter_container: its network namespace is descriptor 7.
enter_container() {
	inode=$(stat -L -c %i "/proc/$pid/ns/net" 2>/dev/null) || return
	if [ "$inode" = "$(stat -L -c %i /proc/self/ns/net)" ]; then
		why="$container_name uses the host's own network"
		return 1
	fi
	open_namespace 7 "/proc/$pid/ns/net" "$inode" "$pid" "$container" "$engine" ''
}

# come_home: waits until the VF's network device is on the host; a namespace ends a while after its last process. Then udev may have a name
# for it.
come_home() {
	tries=0
	until device=$(netdev_on_host "$vf") && [ -n "$device" ]; do
		tries=$((tries + 1))
		[ "$tries" -le 50 ] || return
		sleep 0.2
	done
	if [ "$device" != "$host_name" ] && [ -n "$udev_link" ] && [ -e "$udev_link" ]; then
		udevadm settle --timeout=5 --exit-if-exists="/sys/bus/pci/devices/$vf/net/$host_name" 2>/dev/null
		device=$(netdev_on_host "$vf")
	fi
	case $device in *[!A-Za-z0-9_.:-]*) why="the VF is called $device on the host, which can't be used"; return 1 ;; esac
}

# recorded: there is a record of this VF, of this boot and of this very device. Another one says nothing any more, and goes.
recorded() {
	record=$base/attachments/$vf
	[ -s "$record.json" ] || return
	if grep -qF "\"bootId\":\"$boot\"" "$record.json" && [ "$(cat "$record.device" 2>/dev/null)" = "$(stat -L -c %i "$devices/$vf")" ]; then return 0; fi
	rm -f "$record.json" "$record.device"
	return 1
}

# is_unused: nobody else on the host uses the VF's network device.
is_unused() {
	used=$(ip -o addr show dev "$device" scope global | sed -n 's/.* inet6\{0,1\} \([^ ]*\) .*/\1/p' | head -n 1)
	[ ! -e "/sys/class/net/$device/master" ] || used="port of $(basename "$(readlink "/sys/class/net/$device/master")")"
	[ -z "$used" ] || { why="$device is used by the host ($used)" && return 1; }
}

# give_back: the VF, which is on the host as $device, gets its name and settings as the record says, or as they were when it was kept.
give_back() {
	is_unused || return
	late_device=$device
	late_mac=$(sed -n 's/.*"before":{"name":"[^"]*","altnames":\[[^]]*\],"mac":"\([0-9a-f:]*\)".*/\1/p' "$record.json" 2>/dev/null)
	[ -n "$late_mac" ] || late_mac=$(cat "/sys/class/net/$device/address")
	change_by give_back && log "VF $index of $pf_name is on the host again as $host_name"
}

attach() {
	is_unused || return
	late_mac=$(cat "/sys/class/net/$device/address") late_device=$device
	late_container=$container late_container_name=$container_name late_pid=$pid late_inode=$inode
	if ip -j link show dev "$pf_name" up | grep -q ifindex; then late_pf_state=up; else late_pf_state=down; fi
	change_by attach && log "VF $index of $pf_name is in $container_name as $inside"
}

# look: what is to be done is done. Fails where trying again may help. The container's namespace is let go then: held open, it would
# outlive its container, and the VF in it would not come back.
look() {
	put_right
	looked=$?
	exec 7<&-
	return "$looked"
}
put_right() {
	why='' late_container='' late_container_name='' late_pid=0 late_inode=0 late_mac='' late_device='' late_pf_state=up
	read -r boot </proc/sys/kernel/random/boot_id
	late_boot=$boot
	close_interrupted && adapter_is_there || failed "$why" || return
	if find_container; then not_found=''; else container='' not_found=$why; fi
	if [ -n "$container" ]; then
		enter_container || failed "${why:-$container_name ended}" || return
		if [ -n "$(handle_inside "$vf")" ]; then
			result attached
			return
		fi
	fi
	if [ -z "$(netdev_on_host "$vf")" ] && [ -z "$container" ]; then
		[ -z "$not_found" ] || failed "$not_found" || return
		if ! recorded; then
			result waiting 'something else has the VF'
			return
		fi
	fi
	why=''
	come_home || failed "${why:-the VF is not on the host: something else has it, or still holds the namespace that it was in}" || return
	if recorded || [ "$device" != "$host_name" ]; then
		give_back || failed "$why" || return
		device=$host_name
	fi
	if [ -n "$not_found" ]; then
		failed "$not_found"
	elif [ -z "$container" ]; then
		result waiting
	elif attach; then
		result attached
	else
		failed "$why"
	fi
}
