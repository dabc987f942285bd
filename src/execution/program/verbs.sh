# shellcheck shell=sh disable=SC2154 # $base comes with the executor
# The verbs that steps are made of, beside plain commands. File descriptor 7 is the container's network namespace, opened
# once; 8 is the host's own; 9 the one that a VF is moved from. Whatever serves as an undo succeeds when there is nothing left to undo.

# in_ns ARGV…: runs a command in the container's network namespace.
in_ns() { nsenter --net="/proc/self/fd/${ns:-7}" "$@"; }

# at_source ARGV…: the same command in the namespace that a VF is moved from.
at_source() {
	ns=9
	"$@"
}

# unless_gone NAME ARGV…: the same, and fine when the namespace or the interface is no longer there.
unless_gone() {
	name=$1
	shift
	heard=$(in_ns "$@" 2>&1) && return
	failed=$?
	in_ns ip link show dev "$name" >/dev/null 2>&1 || return 0
	printf '%s\n' "$heard"
	return "$failed"
}

# while_there PCI ARGV…: runs a command while the function exists. What took the place of its routes stays when it was removed.
while_there() {
	[ -e "/sys/bus/pci/devices/$1" ] || return 0
	shift
	"$@"
}

# or_say TEXT ARGV…: runs a check, and says TEXT where it fails.
or_say() {
	otherwise=$1
	shift
	"$@" || { printf '%s\n' "$otherwise" && return 1; }
}

# absent_inside NAME: no interface of the container has that name or alternative name.
absent_inside() { ! in_ns ip link show dev "$1" >/dev/null 2>&1; }

# unless_inside NAME ARGV…: runs a command, and does nothing when the container has an interface of that name.
unless_inside() {
	absent_inside "$1" || return 0
	shift
	"$@"
}

# netdev_on_host PCI: prints the name of the function's network device when that is on the host. Of a virtio card it hangs
# on the virtio device below the function.
netdev_on_host() {
	for device in "/sys/bus/pci/devices/$1/net"/* "/sys/bus/pci/devices/$1"/virtio*/net/*; do
		[ ! -e "$device" ] || printf '%s\n' "${device##*/}"
	done
}

# has_netdev FUNCTION: the function at that path has a network device on the host.
has_netdev() {
	for device in "$1/net"/* "$1"/virtio*/net/*; do
		[ ! -e "$device" ] || return 0
	done
	return 1
}

# is_named PCI NAME…: the function's network device is on the host under that name, or one of these.
is_named() {
	named=/sys/bus/pci/devices/$1
	shift
	for name; do
		[ -n "$name" ] || continue
		for device in "$named/net/$name" "$named"/virtio*/net/"$name"; do
			[ ! -e "$device" ] || return 0
		done
	done
	return 1
}

# parent_of PCI: prints the name of the device that the function's network device hangs on, as `ip` calls it.
parent_of() {
	for below in "/sys/bus/pci/devices/$1"/virtio*; do
		[ -d "$below" ] && printf '%s\n' "${below##*/}" && return
	done
	printf '%s\n' "$1"
}

# handle_inside PCI: prints a handle (`if7`) of the function's device in the container. By JSON, where no alias and no
# name can pass for another device's fields, and by index, since names in there are not ours.
handle_inside() {
	in_ns ip -j -d link show 2>/dev/null | sed -n 's/},{"ifindex":/},\n{"ifindex":/g
		:next
		/^[^\n]*"parentdev":"'"$(parent_of "$1")"'"/s/^\[\{0,1\}{"ifindex":\([0-9]*\),/if\1\n/
		/^if/P
		s/^[^\n]*\n//
		t next'
}

# bring_home PCI NAME: gets the function's device back to the host under NAME, wherever it is: in the container, already
# here under another name, or still on its way from a namespace that just ended.
bring_home() {
	tries=0
	until here=$(netdev_on_host "$1") && [ -n "$here" ]; do
		inside=$(handle_inside "$1")
		if [ -n "$inside" ]; then
			in_ns ip link set dev "$inside" down netns /proc/self/fd/8 name "$2" || return
		else
			if [ ! -e "/sys/bus/pci/devices/$1" ]; then
				echo "$1 no longer exists"
				return 1
			fi
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
	ip link set dev "$here" netns "/proc/self/fd/${ns:-7}" name "$2"
}

# rename_here PCI NAME: gives the function's device on the host another name; it must be down for that before Linux 6.2.
# udev may rename a device that just came back meanwhile, to this very name or away from the one that was seen.
rename_here() {
	renames=0
	until said=$(rename_now "$@" 2>&1); do
		renames=$((renames + 1))
		[ "$renames" -lt 5 ] || { printf '%s\n' "$said"; return 1; }
		sleep 0.2
	done
}

# rename_now PCI NAME: udev gives a device that came back under a wrong name its right one as an alternative name, which is then in the way.
rename_now() {
	here=$(netdev_on_host "$1")
	[ "$here" = "$2" ] && return
	if [ "$(ip -j link show dev "$2" 2>/dev/null)" = "$(ip -j link show dev "$here")" ]; then
		ip link property del dev "$here" altname "$2" || return
	fi
	ip link set dev "$here" down && ip link set dev "$here" name "$2"
}

# off_host PCI: the function's network device is not on the host.
off_host() { ! has_netdev "/sys/bus/pci/devices/$1"; }

# add_altname NAME ALTNAME: fine when it is there already.
add_altname() { ip link show dev "$2" >/dev/null 2>&1 || ip link property add dev "$1" altname "$2"; }

# set_conf NAME VALUE KEY…: settings of the container's interface, such as ipv4/arp_notify. One that the kernel doesn't have
# is passed over, and so are all when the namespace is gone.
# shellcheck disable=SC2016 # expanded by the inner shell
set_conf() {
	is_open "${ns:-7}" || return 0
	in_ns sh -c 'name=$1 value=$2
		shift 2
		for key; do
			file=/proc/sys/net/${key%%/*}/conf/$name/${key#*/}
			[ ! -e "$file" ] || echo "$value" >"$file" || exit
		done' sh "$@"
}

# save_record PCI JSON: what detaching has to put back, whole on disk before the first change. Beside it, which device it is about:
# the inode of its folder in sysfs is another one when the VF was removed and recreated (kernfs never uses one twice in a row).
save_record() {
	stat -L -c %i "/sys/bus/pci/devices/${1%.macvlan-*}" 2>/dev/null >"$base/attachments/$1.device" || rm -f "$base/attachments/$1.device"
	printf '%s\n' "$2" >"$base/attachments/$1.new" && sync "$base/attachments/$1".* &&
		mv "$base/attachments/$1.new" "$base/attachments/$1.json"
}

# drop_record PCI: one that a power cut brings back is of an earlier boot, and nobody heeds it.
drop_record() { rm -f "$base/attachments/$1.json" "$base/attachments/$1.new" "$base/attachments/$1.device"; }

# vf_count_is PCI COUNT
vf_count_is() { read -r there <"/sys/bus/pci/devices/$1/sriov_numvfs" && [ "$there" = "$2" ]; }

# vfs_on_host PCI: every VF of the PF that has a network driver has its network device on the host.
vfs_on_host() {
	for vf in "/sys/bus/pci/devices/$1"/virtfn*; do
		[ -e "$vf/driver" ] || continue
		case $(readlink "$vf/driver") in *vfio*) return 1 ;; esac
		has_netdev "$vf" || return 1
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
	numvfs=/sys/bus/pci/devices/$1/sriov_numvfs
	vf_count_is "$1" "$2" && return
	before=$(last_logged)
	if error=$(printf '%s\n' "$2" | tee "$numvfs" 2>&1 >/dev/null) && vf_count_is "$1" "$2"; then return; fi
	printf '%s\n' "${error:-the write succeeded, but there are $(cat "$numvfs") VFs}"
	logged_since "$before" | grep -F "$1" | tail -n 4
	return 1
}

# await_netdevs PCI COUNT: waits until every VF has its network device; gives up when none came for ten seconds. Says
# which VFs have none, which is not a failure: the caller looks.
await_netdevs() {
	have=0
	quiet=0
	while [ "$quiet" -lt 100 ]; do
		now=0
		missing=''
		for vf in "/sys/bus/pci/devices/$1"/virtfn*; do
			if has_netdev "$vf"; then now=$((now + 1)); else missing="$missing $vf"; fi
		done
		[ "$now" -lt "$2" ] || return 0
		if [ "$now" -gt "$have" ]; then quiet=0; else quiet=$((quiet + 1)); fi
		have=$now
		sleep 0.1
	done
	echo "no network device appeared for$(for vf in $missing; do
		vf=$(readlink "$vf")
		printf ' %s' "${vf##*/}"
	done)"
}

# recreate_vfs PCI PF COUNT [VF]…: recreates the removed VFs. Each VF is its index, its MAC or `-`, what the PF
# enforced for it, and what each of its devices on the host had (`0 02:… vlan 0 spoofchk on -- enp1s0v0 1500 up 192.0.2.7/24`, and
# a MAC before the addresses where there are several). The MAC is set on the VF's own side: set on the PF's, it would stick.
recreate_vfs() {
	pf_pci=$1 pf=$2 count=$3
	shift 3
	vf_count_is "$pf_pci" "$count" || vf_count_is "$pf_pci" 0 || set_vf_count "$pf_pci" 0 || return
	set_vf_count "$pf_pci" "$count" && await_netdevs "$pf_pci" "$count" || return
	for vf in "$@"; do
		# shellcheck disable=SC2086 # arguments made by us
		recreate_one $vf || return
	done
}
recreate_one() {
	vf_pci=$(readlink "/sys/bus/pci/devices/$pf_pci/virtfn$1") index=$1 mac=$2 options='' port=0
	vf_pci=${vf_pci##*/}
	shift 2
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		options="$options $1"
		shift
	done
	# shellcheck disable=SC2086 # arguments made by us
	[ -z "$options" ] || ip link set dev "$pf" vf "$index" $options || return
	# One that an earlier attempt has put back into its container stays there.
	if [ -z "$(netdev_on_host "$vf_pci")" ] && [ -s "$base/attachments/$vf_pci.json" ]; then return 0; fi
	[ "$mac" = - ] || { device=$(netdev_of_port "$vf_pci" 1) && ip link set dev "$device" address "$mac"; } || return
	while [ $# -gt 0 ]; do
		port=$((port + 1)) name=$2 mtu=$3 state=$4
		shift 4
		device=$(netdev_of_port "$vf_pci" "$port") || return
		if [ "$name" != - ] && [ "$name" != "$device" ]; then
			ip link set dev "$device" name "$name" && device=$name || return
		fi
		case ${1-} in
		'' | -- | */*) ;;
		*)
			ip link set dev "$device" address "$1" || return
			shift
			;;
		esac
		ip link set dev "$device" mtu "$mtu" && ip link set dev "$device" "$state" || return
		while [ $# -gt 0 ] && [ "$1" != -- ]; do
			ip address replace "$1" dev "$device" || return
			shift
		done
	done
}

# is_named_for_good NAME: where there is udev, it is done with that device.
is_named_for_good() {
	[ -e /run/udev/control ] || return 0
	read -r ifindex <"/sys/class/net/$1/ifindex" || return
	grep -qs '^I:' "/run/udev/data/n$ifindex" && ! grep -q '^E:ID_RENAMING=1' "/run/udev/data/n$ifindex"
} 2>/dev/null

# netdev_of_port PCI N: prints which of the function's network devices on the host was made as the Nth, by the name that it has for good; of a
# card whose ports are one function, the second may come a little later.
netdev_of_port() {
	waited=0
	until [ "$waited" -ge 100 ]; do
		nth=$(for device in "/sys/bus/pci/devices/$1/net"/* "/sys/bus/pci/devices/$1"/virtio*/net/*; do
			[ ! -e "$device" ] || printf '%s %s\n' "$(cat "$device/ifindex")" "${device##*/}"
		done | sort -n | sed -n "$2s/^[0-9]* //p")
		[ -z "$nth" ] || ! is_named_for_good "$nth" || break
		waited=$((waited + 1))
		sleep 0.1
	done
	[ -n "$nth" ] && printf '%s\n' "$nth"
}
