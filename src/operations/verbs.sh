# shellcheck shell=sh disable=SC2154 # $base comes with the executor
# The words that steps are made of, beside plain commands. File descriptor 7 is the container's network namespace, opened
# once; 8 is the host's own. Whatever serves as an undo succeeds when there is nothing left to undo.

# in_ns ARGV…: runs a command in the container's network namespace.
in_ns() { nsenter --net=/proc/self/fd/7 "$@"; }

# unless_gone NAME ARGV…: the same, and fine when the namespace or the interface is no longer there.
unless_gone() {
	name=$1
	shift
	in_ns ip link show dev "$name" >/dev/null 2>&1 || return 0
	in_ns "$@"
}

# absent_inside NAME: no interface of the container has that name or alternative name.
absent_inside() { ! in_ns ip link show dev "$1" >/dev/null 2>&1; }

# netdev_on_host PCI: prints the name of the function's network device when that is on the host.
netdev_on_host() {
	for device in "/sys/bus/pci/devices/$1/net"/*; do
		[ -e "$device" ] && printf '%s\n' "${device##*/}"
	done
}

# is_named PCI NAME: the function's network device is on the host under that name.
is_named() { [ -d "/sys/bus/pci/devices/$1/net/$2" ]; }

# handle_inside PCI: prints a handle (`if7`) of the function's device in the container. By JSON, where no alias and no
# name can pass for another device's fields, and by index, since names in there are not ours.
handle_inside() {
	in_ns ip -j -d link show 2>/dev/null | sed 's/},{"ifindex":/},\n{"ifindex":/g' |
		grep -F "\"parentdev\":\"$1\"" | sed -n 's/^\[\{0,1\}{"ifindex":\([0-9]*\),.*/if\1/p'
}

# bring_home PCI NAME: gets the function's device back to the host under NAME, wherever it is: in the container, already
# here under another name, or still on its way from a namespace that just ended.
bring_home() {
	tries=0
	until here=$(netdev_on_host "$1") && [ -n "$here" ]; do
		inside=$(handle_inside "$1")
		if [ -n "$inside" ]; then
			in_ns ip link set dev "$inside" down
			in_ns ip link set dev "$inside" netns /proc/self/fd/8 name "$2" || return
		else
			tries=$((tries + 1))
			if [ "$tries" -gt 50 ]; then
				echo "the network device of $1 is neither on the host nor in the container's namespace"
				return 1
			fi
			sleep 0.1
		fi
	done
	rename_here "$1" "$2"
}

# take_inside PCI NAME: moves the function's device from the host into the container under NAME.
take_inside() {
	[ -n "$(handle_inside "$1")" ] && return
	here=$(netdev_on_host "$1")
	ip link set dev "$here" netns /proc/self/fd/7 name "$2"
}

# rename_here PCI NAME: gives the function's device on the host another name; it must be down for that before Linux 6.2.
# udev gives a device that came back under a wrong name its right one as an alternative name, which is then in the way.
rename_here() {
	here=$(netdev_on_host "$1")
	[ "$here" = "$2" ] && return
	if [ "$(ip -j link show dev "$2" 2>/dev/null)" = "$(ip -j link show dev "$here")" ]; then
		ip link property del dev "$here" altname "$2" || return
	fi
	ip link set dev "$here" down && ip link set dev "$here" name "$2"
}

# off_host PCI: the function's network device is not on the host.
off_host() { [ -z "$(netdev_on_host "$1")" ]; }

# add_altname NAME ALTNAME: fine when it is there already.
add_altname() { ip link show dev "$2" >/dev/null 2>&1 || ip link property add dev "$1" altname "$2"; }

# set_conf NAME VALUE KEY…: settings of the container's interface, such as ipv4/arp_notify. One that the kernel doesn't have
# is passed over, and so are all when the namespace is gone.
# shellcheck disable=SC2016 # expanded by the inner shell
set_conf() {
	in_ns true 2>/dev/null || return 0
	in_ns sh -c 'name=$1 value=$2
		shift 2
		for key; do
			file=/proc/sys/net/${key%%/*}/conf/$name/${key#*/}
			[ ! -e "$file" ] || echo "$value" >"$file" || exit
		done' sh "$@"
}

# save_record PCI JSON: what detaching has to put back, on disk before the first change. Beside it, which device it is about:
# the inode of its folder in sysfs is another one when the VF was removed and made anew (kernfs never uses one twice in a row).
save_record() {
	stat -L -c %i "/sys/bus/pci/devices/$1" >"$base/attachments/$1.device" || rm -f "$base/attachments/$1.device"
	printf '%s\n' "$2" >"$base/attachments/$1.new" && sync "$base/attachments/$1".* &&
		mv "$base/attachments/$1.new" "$base/attachments/$1.json" && sync "$base/attachments"
}

# drop_record PCI
drop_record() { rm -f "$base/attachments/$1.json" "$base/attachments/$1.new" "$base/attachments/$1.device" && sync "$base/attachments"; }

# vf_count_is PCI COUNT
vf_count_is() { [ "$(cat "/sys/bus/pci/devices/$1/sriov_numvfs")" = "$2" ]; }

# vfs_on_host PCI: every VF of the PF that has a network driver has its network device on the host.
vfs_on_host() {
	for vf in "/sys/bus/pci/devices/$1"/virtfn*; do
		[ -e "$vf/driver" ] || continue
		case $(readlink "$vf/driver") in *vfio*) return 1 ;; esac
		vf=$(readlink "$vf")
		[ -n "$(netdev_on_host "${vf##*/}")" ] || return 1
	done
}

# last_logged: the kernel log's last line. logged_since LINE: what came after it; all there is when LINE is gone.
last_logged() { dmesg 2>/dev/null | tail -n 1; }
logged_since() {
	log=$(dmesg 2>/dev/null) || return 0
	at=$(printf '%s\n' "$log" | grep -nxF -e "$1" | tail -n 1)
	printf '%s\n' "$log" | tail -n "+$((${at%%:*} + 1))" | tail -n 50
}

# set_vf_count PCI COUNT: the write may block, and may succeed without doing it: read back. On failure, says what the
# kernel logged of that PF. By tee, which says the error's name; what dash's own printf says is the same for all.
set_vf_count() {
	count=/sys/bus/pci/devices/$1/sriov_numvfs
	vf_count_is "$1" "$2" && return
	before=$(last_logged)
	if error=$(printf '%s\n' "$2" | tee "$count" 2>&1 >/dev/null) && vf_count_is "$1" "$2"; then return; fi
	printf '%s\n' "${error:-the write succeeded, but there are $(cat "$count") VFs}"
	logged_since "$before" | grep -F "$1" | tail -n 4
	return 1
}

# await_netdevs PCI COUNT: waits until every VF has its network device; gives up when none came for ten seconds. Says
# which VFs have none, which is not a failure: the caller looks.
await_netdevs() {
	have=0
	quiet=0
	while [ "$quiet" -lt 50 ]; do
		now=0
		missing=''
		for vf in "/sys/bus/pci/devices/$1"/virtfn*; do
			address=$(readlink "$vf")
			if [ -n "$(netdev_on_host "${address##*/}")" ]; then now=$((now + 1)); else missing="$missing ${address##*/}"; fi
		done
		[ "$now" -lt "$2" ] || return 0
		if [ "$now" -gt "$have" ]; then quiet=0; else quiet=$((quiet + 1)); fi
		have=$now
		sleep 0.2
	done
	echo "no network device appeared for$missing"
}

# recreate_vfs PCI PF COUNT [VF]…: makes the VFs that were removed anew. Each VF is its index, its MAC or `-`, and what the
# PF enforced for it (`0 02:… vlan 0 spoofchk on`). The MAC is set on the VF's own side: set on the PF's, it would stick.
recreate_vfs() {
	pf_pci=$1 pf=$2 count=$3
	shift 3
	vf_count_is "$pf_pci" "$count" || vf_count_is "$pf_pci" 0 || set_vf_count "$pf_pci" 0 || return
	set_vf_count "$pf_pci" "$count" && await_netdevs "$pf_pci" "$count" || return
	for vf in "$@"; do
		# shellcheck disable=SC2086 # words made by us
		recreate_one $vf || return
	done
}
recreate_one() {
	vf_pci=$(readlink "/sys/bus/pci/devices/$pf_pci/virtfn$1") index=$1 mac=$2
	shift 2
	[ $# -eq 0 ] || ip link set dev "$pf" vf "$index" "$@" || return
	[ "$mac" = - ] || ip link set dev "$(netdev_on_host "${vf_pci##*/}")" address "$mac"
}

# vf_shows PF INDEX PATTERN: what the PF says of the VF matches. `no VLAN` is a pattern, too: some drivers say 4095 (mlx).
vf_shows() {
	said=$(ip -j -d link show dev "$1" | sed 's/{"vf":/\n&/g' | grep -F "{\"vf\":$2,")
	case $3 in
	'no VLAN') ! printf '%s\n' "$said" | sed 's/"vlan":4095//g' | grep -qE '"vlan":[1-9]' ;;
	*) printf '%s\n' "$said" | grep -qiE "$3" ;;
	esac
}

# await_vf PF INDEX WHAT PATTERN: waits until the PF says so: some drivers restart the VF before they do.
await_vf() {
	tries=0
	until vf_shows "$1" "$2" "$4"; do
		tries=$((tries + 1))
		if [ "$tries" -ge 20 ]; then
			echo "$1 took the $3 for VF $2, but doesn't show it"
			return 1
		fi
		sleep 0.1
	done
}

# driver_of PCI: prints the name of its driver, or none.
driver_of() {
	link=$(readlink "/sys/bus/pci/devices/$1/driver") || link=none
	printf '%s\n' "${link##*/}"
}

# refused_by PF WHAT INDEX ERROR: says by name what the driver doesn't take.
refused_by() {
	link=$(readlink "/sys/class/net/$1/device/driver")
	case $4 in
	*'Operation not supported'*) errno='EOPNOTSUPP: it has no such setting' ;;
	*'Protocol not supported'*) errno='EPROTONOSUPPORT: it does not know that protocol' ;;
	*'Invalid argument'*) errno='EINVAL: it has no such setting, or not now, or not that value' ;;
	*) errno=$4 ;;
	esac
	printf 'The driver of %s (%s) refuses the %s for VF %s (%s)\n' "$1" "${link##*/}" "$2" "$3" "$errno"
}

# set_vf PF INDEX WHAT PATTERN WORD…: one setting that the PF enforces for a VF.
set_vf() {
	pf=$1 index=$2 what=$3 pattern=$4
	shift 4
	vf_shows "$pf" "$index" "$pattern" && return
	if ! error=$(ip link set dev "$pf" vf "$index" "$@" 2>&1); then
		refused_by "$pf" "$what" "$index" "$error"
		return 1
	fi
	await_vf "$pf" "$index" "$what" "$pattern"
}

# own_mac PCI MAC: gives the function's network device a MAC on its own side, on the host or in the container.
own_mac() {
	here=$(netdev_on_host "$1")
	if [ -n "$here" ]; then
		ip link set dev "$here" address "$2"
	else
		here=$(handle_inside "$1")
		[ -n "$here" ] && in_ns ip link set dev "$here" address "$2"
	fi
}

# enforce_mac PF INDEX PCI MAC: the VF takes the MAC on its own side first: once its PF enforces one, an untrusted VF may
# change it no more (igb, ixgbe, i40e), and where it keeps another one its frames are dropped until its driver is reloaded.
enforce_mac() {
	own_mac "$3" "$4" >/dev/null 2>&1 ||
		{ ip link set dev "$1" vf "$2" mac 00:00:00:00:00:00 && own_mac "$3" "$4"; } >/dev/null 2>&1
	if ! error=$(ip link set dev "$1" vf "$2" mac "$4" 2>&1); then
		refused_by "$1" "MAC $4" "$2" "$error"
		return 1
	fi
	await_vf "$1" "$2" "MAC $4" "\"(address|mac)\":\"$4\""
}

# free_mac PF INDEX PCI OWN SHOWN: the PF enforces no MAC any more, the VF has OWN again, and the PF shows SHOWN as before.
# `-`: whatever comes. All zeros let the VF tell its PF again what it has (`igb_ndo_set_vf_mac`).
free_mac() {
	if ! error=$(ip link set dev "$1" vf "$2" mac 00:00:00:00:00:00 2>&1) && [ "$5" = - ]; then
		refused_by "$1" 'removal of the MAC' "$2" "$error"
		return 1
	fi
	if [ "$4" != - ]; then own_mac "$3" "$4" >/dev/null 2>&1; fi
	if [ "$5" = - ] || vf_shows "$1" "$2" "\"(address|mac)\":\"$5\""; then return 0; fi
	ip link set dev "$1" vf "$2" mac "$5"
}

# vfio_idle PCI: nobody, such as a virtual machine, has the function's VFIO group open; unbinding would wait for them.
vfio_idle() {
	group=$(readlink "/sys/bus/pci/devices/$1/iommu_group") || return 0
	# shellcheck disable=SC2010 # names of links are what we are after
	! ls -l /proc/[0-9]*/fd 2>/dev/null | grep -q " -> /dev/vfio/${group##*/}\$"
}

# has_driver PCI DRIVER
has_driver() { [ "$(driver_of "$1")" = "$2" ]; }

# bind_driver PCI DRIVER [NAME MAC MTU]: gives a function another driver, or `none`. Only what isn't a network driver needs
# driver_override for good; a network driver finds its functions by itself. NAME, MAC and MTU are what its network device is
# to be again; `-` is whatever comes.
bind_driver() {
	device=/sys/bus/pci/devices/$1
	if ! has_driver "$1" "$2"; then
		if [ "$2" != none ] && [ ! -d "/sys/bus/pci/drivers/$2" ]; then modprobe "$2" || return; fi
		if ! has_driver "$1" none; then printf '%s\n' "$1" >"$device/driver/unbind" || return; fi
		if [ "$2" = none ]; then
			echo >"$device/driver_override"
			return
		fi
		printf '%s\n' "$2" >"$device/driver_override" && printf '%s\n' "$1" >/sys/bus/pci/drivers_probe
		case $2 in *vfio* | *stub | uio*) ;; *) echo >"$device/driver_override" ;; esac
		if ! has_driver "$1" "$2"; then
			echo "$2 does not take $1"
			dmesg 2>/dev/null | grep -F "$1" | tail -n 4
			return 1
		fi
	fi
	case $2 in none | *vfio* | *stub | uio*) return 0 ;; esac
	tries=0
	until here=$(netdev_on_host "$1") && [ -n "$here" ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 50 ] || break
		sleep 0.1
	done
	[ -z "$(command -v udevadm)" ] || udevadm settle --timeout=5
	[ -n "${3-}" ] || return 0
	rename_here "$1" "$3" || return
	[ "$4" = - ] || ip link set dev "$3" address "$4" || return
	[ "$5" = - ] || ip link set dev "$3" mtu "$5"
}

# set_autoprobe PCI 0|1: whether VFs to come get a driver. Read back.
set_autoprobe() {
	file=/sys/bus/pci/devices/$1/sriov_drivers_autoprobe
	printf '%s\n' "$2" >"$file" && [ "$(cat "$file")" = "$2" ]
}
