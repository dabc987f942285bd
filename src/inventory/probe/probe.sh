# shellcheck shell=sh disable=SC2034 # what the other parts of the probe use
# Reads a whole host in one go: its SR-IOV adapters, network devices of every namespace, containers, and our records.
# Prints sections (see sections.ts). Reads only; needs no root, but sees more with it. $1 is SSH_CONNECTION or empty.
# POSIX sh, coreutils, grep, iproute2, util-linux, and the container engines where there are any. After ownFolder.sh.

section() { printf '@@__NONCE__@@ %s\n' "$*"; }
# has TOOL: this user's PATH does. No process, where $(command -v …) is one.
has() { command -v "$1" >/dev/null 2>&1; }
state=/var/lib/sriov-workbench
sys=/sys/bus/pci/devices
own=$(stat -L -c '%d %i' /proc/self/ns/net 2>/dev/null)
nsfs=${own% *} own=${own#* }
# Whose look it is, which Linux says without a process.
while read -r key _ uid _; do [ "$key" != Uid: ] || break; done 2>/dev/null </proc/self/status
[ "$key" = Uid: ] || uid=$(id -u)

# Those of each family by themselves: `default dev tun0` could be of either.
routes='route show table all root 0.0.0.0/0
route show table all root ::/0'

# beside FUNCTION ARG…: passes on what comes in, while it asks an engine; the engines are the slow part of all this.
beside() {
	answer=$("$@" </dev/null)
	cat
	[ -z "$answer" ] || printf '%s\n' "$answer"
}

# system SSH_CONNECTION: what no change changes.
system() {
	me=$(id)
	case $me in "uid=$uid("*) user=${me#*\(} user=${user%%\)*} ;; *) user=$uid ;; esac
	login "$user" "$1"
	section groups
	# The groups of this login, and those that the next one would have. Nobody refuses root for want of one.
	[ "$uid" = 0 ] || {
		id -Gn
		id -Gn "$user"
	}
	section os-release
	cat /etc/os-release 2>/dev/null
	section virtualization
	systemd-detect-virt 2>/dev/null
	dhcp_client
	section ip-version
	ip -V 2>&1
	makers
}

# login USER SSH_CONNECTION: what takes no process to see.
login() {
	section login
	printf '%s\n' "$uid" "$1"
	section ssh
	printf '%s\n' "$2"
	section uname
	# shellcheck disable=SC2046 # a system, a host name and a version: words without blanks
	for fact in ostype hostname osrelease; do
		read -r word <"/proc/sys/kernel/$fact" && printf '%s\n' "$word"
	done 2>/dev/null || printf '%s\n' $(uname -snr)
	section boot-id
	{ read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null && printf '%s\n' "$boot"
	section netns-self
	printf '%s\n' "$own"
}

dhcp_client() {
	section dhcp-client
	# shellcheck disable=SC2030,SC2031 # an ordinary user's PATH lacks these, root's has them
	(
		PATH=$PATH:/usr/sbin:/sbin
		if has udhcpc; then echo udhcpc; elif has busybox && busybox --list 2>/dev/null | grep -qx udhcpc; then
			echo busybox udhcpc
		elif has dhclient; then
			echo dhclient
		else
			# A container's own, by the processes that see it at its place; such a link may lead nowhere for us.
			for client in /proc/[0-9]*/root/sbin/udhcpc /proc/[0-9]*/root/usr/sbin/udhcpc /proc/[0-9]*/root/bin/udhcpc /proc/[0-9]*/root/usr/bin/udhcpc; do
				[ ! -L "$client" ] && [ ! -e "$client" ] || printf 'inside %s\n' "$client"
			done
		fi
	)
}

# asker: whose look it is; another user sees another host.
asker() {
	section asker
	printf '%s\n' "$uid"
}

# adapters [PCI…]: all of them; or these PFs alone, and of them what a change of theirs can change.
adapters() {
	wanted=" $* "
	# A PF is a network-class function with sriov_totalvfs; its VFs hang on its virtfnN links.
	set --
	for total in "$sys"/*/sriov_totalvfs; do
		[ -e "$total" ] || continue
		pf=${total%/*}
		case $wanted in '  ' | *" ${pf##*/} "*) ;; *) continue ;; esac
		read -r class <"$pf/class" || continue
		case $class in 0x02*) set -- "$@" "$pf" ;; esac
	done
	files='' links='' udev=''
	for pf in "$@"; do
		for name in vendor device numa_node sriov_totalvfs sriov_numvfs sriov_drivers_autoprobe sriov_offset sriov_stride \
			sriov_vf_total_msix resource ../resource ../subordinate_bus_number \
			current_link_speed current_link_width max_link_speed max_link_width 'virtfn*/numa_node' 'net/*/speed' \
			'virtio*/net/*/speed' 'sriov/*/trunk'; do
			files="$files $pf/$name"
		done
		for name in driver iommu_group 'virtfn*' 'virtfn*/driver' 'virtfn*/iommu_group'; do
			links="$links $pf/$name"
		done
		# Most VFs are alone in their IOMMU group.
		for vf in "$pf"/virtfn*/iommu_group/devices; do
			set_aside "$vf"/*
		done
		udev="$udev /run/udev/data/+pci:${pf##*/}"
		# What udev has noted of its network device, and of those of VFs that others may have left under such a name as eth1, by index.
		for name in "$pf"/net/* "$pf"/virtfn*/net/dev[0-9]* "$pf"/virtfn*/net/eth[0-9]* "$pf"/virtfn*/net/net[0-9]* \
			"$pf"/virtfn*/virtio*/net/dev[0-9]* "$pf"/virtfn*/virtio*/net/eth[0-9]* "$pf"/virtfn*/virtio*/net/net[0-9]*; do
			{ read -r index <"$name/ifindex"; } 2>/dev/null && udev="$udev /run/udev/data/n$index"
		done
	done
	section sysfs
	# shellcheck disable=SC2086 # lists of paths with patterns, all under /sys
	[ -z "$files" ] || LC_ALL=C grep -Hs '' $files /dev/null
	section links
	# shellcheck disable=SC2086
	[ -z "$links" ] || QUOTING_STYLE=literal stat -c %N $links 2>/dev/null
	section virtio
	for pf in "$@"; do printf '%s\n' "$pf"/virtio[0-9]* "$pf"/virtfn*/virtio[0-9]*; done
	section uverbs
	for pf in "$@"; do printf '%s\n' "$pf"/virtfn*/infiniband_verbs/uverbs[0-9]*; done
	[ "$wanted" = '  ' ] || return 0
	section udev
	# shellcheck disable=SC2086
	[ -z "$udev" ] || grep -HsE '^E:ID_(MODEL_FROM_DATABASE|NET_(NAME(_[A-Z_]+)?|LINK_FILE))=' $udev /dev/null
	section eswitch
	if has devlink; then
		known=$(devlink dev 2>/dev/null)
		modes=$(for pf in "$@"; do
			case $known in *"pci/${pf##*/}"*) devlink -j dev eswitch show "pci/${pf##*/}" 2>/dev/null ;; esac
		done)
		printf '%s\n' "$modes"
		case $modes in *'"switchdev"'*) ports ;; esac
	fi
}

# set_aside MEMBER…: the links of an IOMMU group that has several members, for `links`.
set_aside() {
	[ $# -gt 1 ] || return 0
	for member; do links="$links $member $member/driver"; done
}

# ports: those of the adapters' switches; outside switchdev mode they tell nothing.
ports() {
	section ports
	devlink -j port show 2>/dev/null
}

devices() {
	section host-devices
	ip -j -d -b - 2>/dev/null <<-BATCH || section host-devices-failed
		link show
		addr show
		$routes
	BATCH

	section named-namespaces
	# A name on which nothing is mounted is an empty file, and no namespace: ip and Docker leave them for a while.
	stat -L --printf "%d $nsfs %i %n\\0" /run/netns/* 2>/dev/null
	section process-namespaces
	stat -L -c '%i %n' /proc/[0-9]*/ns/net 2>/dev/null
}

whole() { system "$@"; adapters; devices; userspace; namespaces all; records; lasting; }
# narrow PCI… -- [all|'INODE PATH'…]: what changes by itself or by a change, of these PFs or of all, and in these namespaces.
narrow() {
	pfs=''
	while [ "$1" != -- ]; do
		pfs="$pfs $1"
		shift
	done
	shift
	asker
	{
		# shellcheck disable=SC2086 # PCI addresses
		adapters $pfs
		devices
		userspace
	} | beside inside_and_kept "$@"
}
inside_and_kept() {
	namespaces "$@"
	records
	lasting
}
# first SSH_CONNECTION [dhcp]: what the plan of one change takes, as root sees it, without what costs much and changes no plan. What is
# in namespaces is looked at beside it.
first() {
	asker
	login root "$1"
	[ -z "${2-}" ] || dhcp_client
	adapters
	devices
	records brief
	lasting
}
# named functions|containers: what a person calls by name, and not where it is.
named() {
	[ "$1" = containers ] || adapters
	devices
	[ "$1" = containers ] || { records && lasting; }
}

__LOOK__
section end
