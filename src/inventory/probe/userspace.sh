# shellcheck shell=sh disable=SC2154 # what probe.sh sets comes at run time
# What programs take that drive functions themselves.

# userspace: what programs that drive functions themselves take: huge pages, the processors of NUMA nodes, the device files of VFIO
# groups; and who has those open. Processes only where there are such files.
userspace() {
	section huge-pages
	for pages in /sys/kernel/mm/hugepages/hugepages-* /sys/devices/system/node/node[0-9]*/hugepages/hugepages-*; do
		read -r total <"$pages/nr_hugepages" && read -r free <"$pages/free_hugepages" && printf '%s %s %s\n' "$pages" "$total" "$free"
	done 2>/dev/null
	section node-cpus
	for node in /sys/devices/system/node/node[0-9]*; do
		read -r cpus <"$node/cpulist" && printf '%s %s\n' "${node##*/node}" "$cpus"
	done 2>/dev/null
	set -- /dev/vfio/[0-9]*
	[ -e "$1" ] || return 0
	section group-files
	stat -c '%n %U:%G %u:%g %a' "$@" 2>/dev/null
	[ "$uid" = 0 ] || return 0
	section vfio-users
	QUOTING_STYLE=literal stat -c %N /proc/[0-9]*/fd/* 2>/dev/null |
		LC_ALL=C sed -n 's|^/proc/\([0-9]*\)/fd/[0-9]* -> /dev/vfio/\([0-9]*\)$|\1 \2|p' | LC_ALL=C sort -u |
		while read -r pid group; do
			read -r command <"/proc/$pid/comm" || continue
			printf '%s %s %s\n' "$group" "$pid" "$command"
			# Which container it is in.
			while read -r line; do printf ' %s\n' "$line"; done <"/proc/$pid/cgroup"
		done 2>/dev/null
}
