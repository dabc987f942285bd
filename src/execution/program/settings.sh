# shellcheck shell=sh disable=SC2154 # the functions of verbs.sh come before
# The verbs for what a PF enforces for a VF, and for drivers.

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
			echo "$1 accepted the $3 for VF $2, but does not report it"
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

# set_vf PF INDEX WHAT PATTERN OPTION…: one setting that the PF enforces for a VF.
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

# vfio_idle PCI: nobody, such as a virtual machine, has the function's VFIO group or UIO device open; unbinding would wait for them.
vfio_idle() {
	device=/sys/bus/pci/devices/$1
	group=$(readlink "$device/iommu_group")
	open=vfio/${group##*/}
	for node in "$device"/uio/uio*; do [ ! -e "$node" ] || open=${node##*/}; done
	# shellcheck disable=SC2010 # names of links are what we are after
	! ls -l /proc/[0-9]*/fd 2>/dev/null | grep -q " -> /dev/$open\$"
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
		case $2 in *vfio* | *stub | uio* | *_uio | *pciback) ;; *) echo >"$device/driver_override" ;; esac
		if ! has_driver "$1" "$2"; then
			echo "$2 did not bind to $1"
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

# set_attribute PATH VALUE: a file of sysfs; reads back.
set_attribute() { printf '%s\n' "$2" >"$1" && [ "$(cat "$1")" = "$2" ]; }

# set_autoprobe PCI 0|1: whether VFs to come get a driver.
set_autoprobe() { set_attribute "/sys/bus/pci/devices/$1/sriov_drivers_autoprobe" "$2"; }
