# shellcheck shell=sh
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
me=$(id)
uid=${me#uid=} uid=${uid%%[!0-9]*}

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
	section login
	case $me in "uid=$uid("*) user=${me#*\(} user=${user%%\)*} ;; *) user=$uid ;; esac
	printf '%s\n' "$uid" "$user"
	section groups
	# The groups of this login, and those that the next one would have. Nobody refuses root for want of one.
	[ "$uid" = 0 ] || {
		id -Gn
		id -Gn "$user"
	}
	section ssh
	printf '%s\n' "$1"
	section uname
	# shellcheck disable=SC2046 # a system, a host name and a version: words without blanks
	printf '%s\n' $(uname -snr)
	section os-release
	cat /etc/os-release 2>/dev/null
	section virtualization
	systemd-detect-virt 2>/dev/null
	section boot-id
	{ read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null && printf '%s\n' "$boot"
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
	section netns-self
	printf '%s\n' "$own"
	section ip-version
	ip -V 2>&1
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
		udev="$udev /run/udev/data/+pci:${pf##*/}"
	done
	section sysfs
	# shellcheck disable=SC2086 # lists of paths with patterns, all under /sys
	[ -z "$files" ] || LC_ALL=C grep -Hs '' $files /dev/null
	section links
	# shellcheck disable=SC2086
	[ -z "$links" ] || QUOTING_STYLE=literal stat -c %N $links 2>/dev/null
	section virtio
	for pf in "$@"; do printf '%s\n' "$pf"/virtio[0-9]* "$pf"/virtfn*/virtio[0-9]*; done
	[ "$wanted" = '  ' ] || return 0
	section udev
	# shellcheck disable=SC2086
	[ -z "$udev" ] || grep -Hs '^E:ID_MODEL_FROM_DATABASE=' $udev /dev/null
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

# namespaces all|'INODE PATH'…: what is in each of them; or in these, each with the way into it that was seen last.
namespaces() {
	[ $# -gt 0 ] && [ "$uid" = 0 ] || return 0
	wanted=" $1 "
	[ "$1" = all ] || in_known "$@"
	[ "$wanted" = ' ' ] || ways_in | LC_ALL=C sort -s -u -k1,1n | while read -r inode path; do
		[ "$inode" = "$own" ] && continue
		case $wanted in ' all ' | *" $inode "*) look_inside "$inode" "$path" ;; esac
	done
}

# in_known 'INODE PATH'…: looks into those that are where they were; `wanted` are the others, which have to be found.
in_known() {
	wanted=' '
	line='
'
	there=$line$(
		for known; do
			set -- "$@" "${known#* }"
			shift
		done
		stat -L -c '%i %n' "$@" 2>/dev/null
	)$line
	for known; do
		case $there in
		*"$line$known$line"*) look_inside "${known%% *}" "${known#* }" ;;
		*) wanted="$wanted${known%% *} " ;;
		esac
	done
}

# ways_in: every namespace that a process, a bind mount or, where we attached something, an open file leads to.
# One line each: a line break in a name is written as \001.
ways_in() {
	stat -L --printf '%d %i %n\0' /proc/[0-9]*/ns/net /run/netns/* /run/docker/netns/* 2>/dev/null |
		tr '\n\0' '\001\n' | sed -n "s/^$nsfs //p"
	[ ! -d "$state/attachments" ] || QUOTING_STYLE=literal stat -c %N /proc/[0-9]*/fd/* 2>/dev/null |
		sed -n 's|^\(/proc/[0-9]*/fd/[0-9]*\) -> net:\[\([0-9]*\)]$|\2 \1|p'
}

# look_inside INODE PATH. A way in ends with its process. Without any other the namespace itself has ended.
look_inside() {
	look_by "$1" "$2" && return
	path=$(ways_in | sed -n "s/^$1 //p" | head -n 1)
	if [ -z "$path" ]; then
		section "namespace-ended $1"
	elif ! look_by "$1" "$path"; then
		section "namespace-failed $1"
	fi
}

# look_by INODE PATH
look_by() {
	section "namespace $1 $2"
	# What a process has open may be something else by now, such as a FIFO, which would hold us.
	case $2 in */fd/*) set -- "$@" timeout 5 ;; esac
	path=$2
	if ! [ -e "$path" ]; then
		path=$(printf '%sx' "$path" | tr '\001' '\n')
		path=${path%x}
	fi
	shift 2
	"$@" nsenter --net="$path" ip -j -d -b - 2>&1 <<-BATCH
		addr show
		$routes
	BATCH
}

records() {
	if [ -e "$state" ] && ! why=$(folder_is_ours "$state"); then
		section state-unsafe
		printf '%s\n' "$why"
	elif [ -d "$state" ]; then
		for record in "$state"/attachments/*.json; do
			[ -e "$record" ] || continue
			vf=${record##*/}
			vf=${vf%.json}
			made=$(cat "${record%.json}.device" 2>/dev/null)
			if [ -z "$made" ] || [ "$made" = "$(stat -L -c %i "$sys/${vf%.macvlan-*}" 2>/dev/null)" ]; then section record; else section record-of-another; fi
			cat "$record"
		done
		for change in "$state"/changes/*; do
			[ -d "$change" ] || continue
			# One that isn't yet begun is its executor's to begin, for a while.
			since=$(stat -c %Y "$change" 2>/dev/null) || continue
			[ -s "$change/progress" ] || [ "$(($(date +%s) - since))" -gt 10 ] || continue
			if flock -ns "$change/alive" true 2>/dev/null; then running=stopped; else running=running; fi
			# It may have ended meanwhile.
			[ -d "$change" ] || continue
			section "change ${change##*/} $running"
			cat "$change/meta.json" 2>/dev/null
			section "progress ${change##*/}"
			cat "$change/progress" 2>/dev/null
			section "plan ${change##*/}"
			[ "$running" = running ] || cat "$change/plan.json" 2>/dev/null
		done
		# shellcheck disable=SC2012 # names made by us; find is not everywhere
		last=$(LC_ALL=C ls -t "$state/finished" 2>/dev/null | sed -n 1p)
		if [ -n "$last" ]; then
			section "finished ${last%.json}"
			cat "$state/finished/$last"
		fi
	fi
}

whole() { system "$@"; adapters; devices; namespaces all; records; }
# narrow PCI… -- [all|'INODE PATH'…]: what changes by itself or by a change, of these PFs or of all, and in these namespaces.
narrow() {
	pfs=''
	while [ "$1" != -- ]; do
		pfs="$pfs $1"
		shift
	done
	shift
	asker
	# shellcheck disable=SC2086 # PCI addresses
	adapters $pfs
	devices
	namespaces "$@"
	records
}
# named functions|containers: what a person calls by name, and not where it is.
named() {
	[ "$1" = containers ] || adapters
	devices
	[ "$1" = containers ] || records
}

__LOOK__
section end
