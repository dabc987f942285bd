# shellcheck shell=sh
# Reads what decides over a host's readiness for SR-IOV: IOMMU, command line, adapters, drivers, kernel log, engines.
# Prints sections (see sections.ts). Reads only; needs no root: what can't be read is left out. After ownFolder.sh.
# POSIX sh, and of coreutils, grep and friends only what busybox has too.

export LC_ALL=C
section() { printf '@@__NONCE__@@ %s\n' "$*"; }
sys=/sys/bus/pci/devices

section user
id -u
section uname
uname -n
uname -r
section virtualization
systemd-detect-virt 2>/dev/null
section container
if [ -e /.dockerenv ] || [ -e /run/.containerenv ] || systemd-detect-virt -cq 2>/dev/null; then echo yes; else echo no; fi
section cmdline
cat /proc/cmdline 2>/dev/null
section machine
uname -m
section cpu
grep -m1 vendor_id /proc/cpuinfo 2>/dev/null

# A missing folder is a kernel without any IOMMU driver; an unreadable /sys says nothing.
if [ -d /sys/class/net ]; then
	section iommu-units
	ls /sys/class/iommu 2>/dev/null
	section iommu-groups
	ls /sys/kernel/iommu_groups 2>/dev/null
fi
if [ -d /sys/firmware/acpi/tables ]; then
	section acpi
	ls /sys/firmware/acpi/tables 2>/dev/null
fi
section lockdown
cat /sys/kernel/security/lockdown 2>/dev/null
section boot-configuration
grep -hs '^GRUB_CMDLINE_LINUX' __GRUB_FILES__
# shellcheck disable=SC2043 # the list is filled in
for path in __KERNEL_CMDLINE_FILES__; do
	[ -r "$path" ] && printf '%s: %s\n' "$path" "$(head -n 1 "$path")"
done
# Loader entries (systemd-boot, BLS), extlinux, Alpine, Raspberry Pi: the line of the entry, with the file's name.
grep -HsiE '^[[:space:]]*(options|append|default_kernel_opts=|U_BOOT_PARAMETERS=)' \
	__ENTRIES_FILES__ __EXTLINUX_FILES__ __EXTLINUX_OF_ALPINE_FILES__ __U_BOOT_MENU_FILES__ | head -n 40
grep -Hs 'root=' __RASPBERRY_PI_FILES__
section dmi
grep -Hs '' /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name /sys/class/dmi/id/board_vendor
# Fixes that were applied here: the running kernel may not have them yet. One line each; root can read them.
section fixes
folder_is_ours /var/lib/sriov-workbench >/dev/null 2>&1 && cat /var/lib/sriov-workbench/fixes/*/fix.json 2>/dev/null
section blacklist
grep -hsE '^[[:space:]]*(blacklist[[:space:]]|install[[:space:]]+[^[:space:]]+[[:space:]]+/bin/(true|false))' \
	/etc/modprobe.d/*.conf /run/modprobe.d/*.conf /usr/lib/modprobe.d/*.conf /lib/modprobe.d/*.conf

# A PF is a network-class function with sriov_totalvfs; its VFs hang on its virtfnN links. Others are only named.
set --
others=''
for total in "$sys"/*/sriov_totalvfs; do
	[ -e "$total" ] || continue
	pf=${total%/*}
	read -r class <"$pf/class" || continue
	case $class in
		0x02*) set -- "$@" "$pf" ;;
		*) others="$others $pf" ;;
	esac
done
# Who else sets the number of VFs or takes VFs, by what its configuration says.
section managers
[ -d /run/NetworkManager ] && echo '/run/NetworkManager: running'
[ -d /run/systemd/netif ] && echo '/run/systemd/netif: running'
{
	grep -HsiE '^[[:space:]]*(unmanaged-devices|no-auto-default|sriov-total-vfs|total-vfs)' /etc/NetworkManager/NetworkManager.conf \
		/etc/NetworkManager/conf.d/*.conf /usr/lib/NetworkManager/conf.d/*.conf /etc/NetworkManager/system-connections/*
	grep -HsE '^[[:space:]]*(Name|Type|Driver|Kind|Unmanaged|SR-IOVVirtualFunctions|VirtualFunction)=|^\[SR-IOV\]' \
		/etc/systemd/network/*.link /etc/systemd/network/*.network /run/systemd/network/*.link /run/systemd/network/*.network
	grep -HsE '^[[:space:]]*(virtual-function-count|embedded-switch-mode|delay-virtual-functions-rebind):' /etc/netplan/*.yaml
	grep -HsE '<pf dev=' /etc/libvirt/qemu/networks/*.xml
	grep -HsE 'sriov_numvfs|NM_UNMANAGED|ID_NET_MANAGED_BY' /etc/udev/rules.d/*.rules
	grep -Hs 'sriov_numvfs' /etc/rc.local /etc/rc.d/rc.local /etc/systemd/system/*.service
	grep -HsE '"type"[[:space:]]*:[[:space:]]*"(sriov|ib-sriov|accelerated-bridge|host-device)"' /etc/cni/net.d/*
	grep -HsE '^[[:space:]]*options .*(max_vfs|num_vfs|probe_vf)=' /etc/modprobe.d/*.conf
	for state in /etc/sriov-operator /var/lib/cni/sriov; do [ -d "$state" ] && echo "$state: there"; done
} | head -n 80

# What the purposes need beside the adapter: hugepages and vfio-pci for DPDK, the node of the processors, tools.
section host-facts
grep -hs '^HugePages_Total' /proc/meminfo
printf 'nodes: %s\n' "$(cat /sys/devices/system/node/online 2>/dev/null)"
if [ -d /sys/bus/pci/drivers/vfio-pci ]; then
	echo 'vfio-pci: loaded'
elif grep -qs '/vfio-pci\.ko' "/lib/modules/$(uname -r)/modules.dep" "/lib/modules/$(uname -r)/modules.builtin"; then
	echo 'vfio-pci: installed'
elif [ -r "/lib/modules/$(uname -r)/modules.dep" ]; then
	echo 'vfio-pci: absent'
fi
for pages in /sys/devices/system/node/node[0-9]*/hugepages/hugepages-*; do
	node=${pages%/hugepages/*}
	read -r total <"$pages/nr_hugepages" && read -r free <"$pages/free_hugepages" && printf '%s-%s: %s, %s free\n' "${pages##*/}" "${node##*/}" "$total" "$free"
done 2>/dev/null
# What the kernel was built with, where that can be read.
for config in "/boot/config-$(uname -r)" "/lib/modules/$(uname -r)/config"; do
	[ ! -r "$config" ] || break
done
if [ -r "$config" ]; then cat "$config"; elif [ -r /proc/config.gz ]; then zcat /proc/config.gz 2>/dev/null; fi |
	sed -nE -e 's/^# CONFIG_(VFIO_NOIOMMU|VFIO_GROUP|VFIO_DEVICE_CDEV|IOMMUFD) is not set$/\1: n/p' \
		-e 's/^CONFIG_(VFIO_NOIOMMU|VFIO_GROUP|VFIO_DEVICE_CDEV|IOMMUFD)=/\1: /p'
if [ -e /dev/vfio/vfio ]; then echo 'vfio-group: /dev/vfio/vfio'; fi
if [ -e /dev/iommu ]; then echo 'iommufd: /dev/iommu'; fi
if [ -r /sys/devices/system/cpu/isolated ]; then
	isolated=''
	read -r isolated </sys/devices/system/cpu/isolated
	printf 'isolated-cpus: %s\n' "${isolated:-none}"
fi
governors=''
for governor in /sys/devices/system/cpu/cpufreq/policy*/scaling_governor; do
	read -r name <"$governor" || continue
	case " $governors " in *" $name "*) ;; *) governors="${governors:+$governors }$name" ;; esac
done 2>/dev/null
[ -z "$governors" ] || printf 'governors: %s\n' "$governors"
# shellcheck disable=SC3045 # where a shell has no such limit, nothing is said of it
printf 'memlock: %s\n' "$(ulimit -l 2>/dev/null)"
printf 'iproute2: %s\n' "$(ip -V 2>&1)"
for tool in mlxconfig mstconfig devlink; do
	if [ -n "$(command -v "$tool")" ]; then echo "$tool: there"; else echo "$tool: absent"; fi
done

files='' links=''
for pf in "$@"; do
	for name in vendor device sriov_totalvfs sriov_numvfs sriov_drivers_autoprobe sriov_offset sriov_stride sriov_vf_device \
		current_link_speed current_link_width max_link_speed max_link_width \
		sriov_vf_total_msix numa_node local_cpulist resource ../resource ../subordinate_bus_number \
		'net/*/flags' 'net/*/carrier' 'net/*/phys_port_name' 'virtfn*/net/*/flags' \
		'virtio*/net/*/flags' 'virtio*/net/*/carrier' 'virtfn*/virtio*/net/*/flags'; do
		files="$files $pf/$name"
	done
	for name in driver iommu_group 'virtfn*' 'virtfn*/driver' 'virtfn*/iommu_group'; do
		links="$links $pf/$name"
	done
done
section pfs
[ $# -eq 0 ] || printf '%s\n' "$@"
section other-functions
for other in $others; do
	read -r class <"$other/class"
	read -r total <"$other/sriov_totalvfs"
	driver=$(readlink "$other/driver")
	printf '%s %s %s %s\n' "${other##*/}" "$class" "$total" "${driver##*/}"
done
section sysfs
# shellcheck disable=SC2086 # lists of paths with patterns, all under /sys
[ -z "$files" ] || grep -Hs '' $files /dev/null
section links
# shellcheck disable=SC2086,SC2012
[ -z "$links" ] || ls -ld $links 2>/dev/null | sed 's|^[^/]*||'

# The module that claims a PF's VFs, by the device id the PF announces for them.
modules=''
for folder in /lib/modules /usr/lib/modules /run/booted-system/kernel-modules/lib/modules; do
	[ -r "$folder/$(uname -r)/modules.alias" ] && modules=$folder/$(uname -r) && break
done
if [ -n "$modules" ]; then
	section vf-modules
	for pf in "$@"; do
		[ -r "$pf/sriov_vf_device" ] || continue
		read -r vendor <"$pf/vendor"
		read -r vf <"$pf/sriov_vf_device"
		id="pci:v0000${vendor#0x}d0000${vf#0x}sv"
		name=$(grep -i "^alias $id" "$modules/modules.alias" | sed -n '1s/.* //p')
		[ -n "$name" ] || name=$(tr '\0' '\n' 2>/dev/null <"$modules/modules.builtin.modinfo" | grep -i "alias=$id" | sed -n '1s/\..*//p')
		printf '%s %s\n' "${pf##*/}" "${name:--}"
	done
fi

section log
log=$(dmesg 2>/dev/null) || log=$(journalctl -kbq --no-pager 2>/dev/null)
# which lines matter: the patterns come from logPatterns.ts.
boot='__BOOT_PATTERNS__'
more='__KERNEL_PATTERNS__'
if [ -n "$log" ]; then
	echo readable
	printf '%s\n' "$log" | grep -aiE "$boot" | head -n 400
	printf '%s\n' "$log" | grep -aivE "$boot" | grep -aiE "$more" | tail -n 1500
fi

engine() {
	section "engine $1"
	if [ -z "$(command -v "$1")" ]; then
		echo absent
	elif said=$("$1" ps -q 2>&1 >/dev/null); then
		echo ok
		running=$("$1" ps -q 2>/dev/null)
		section "pinned $1"
		# shellcheck disable=SC2086 # ids are hexadecimal
		[ -z "$running" ] || "$1" inspect --format '{{.Name}} {{.HostConfig.CpusetCpus}}' $running 2>/dev/null
	else
		printf 'failed %s\n' "$said"
	fi
}
# shellcheck disable=SC2043 # the list is filled in from the table of engines
for name in __ENGINE_CLIENTS__; do engine "$name"; done
section end
