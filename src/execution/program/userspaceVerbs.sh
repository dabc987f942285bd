# shellcheck shell=sh disable=SC2154 # $change comes with the executor
# The verbs for programs that drive functions themselves: huge pages, VFIO groups, and who may use those.

# huge_pages_file NODE KB: where their number is; NODE is `-` for the whole host.
huge_pages_file() {
	case $1 in
	-) printf '/sys/kernel/mm/hugepages/hugepages-%skB/nr_hugepages\n' "$2" ;;
	*) printf '/sys/devices/system/node/node%s/hugepages/hugepages-%skB/nr_hugepages\n' "$1" "$2" ;;
	esac
}

# huge_pages_are NODE KB COUNT
huge_pages_are() { [ "$(cat "$(huge_pages_file "$1" "$2")")" = "$3" ]; }

# raise_huge_pages NODE KB COUNT: there are at least so many then. The kernel gives as many as it finds room for, and says nothing.
raise_huge_pages() {
	file=$(huge_pages_file "$1" "$2")
	[ "$(cat "$file")" -lt "$3" ] || return 0
	printf '%s\n' "$3" >"$file" || return
	found=$(cat "$file")
	[ "$found" -ge "$3" ] || {
		echo "there is room for $found pages of $2 kB only, not $3: memory is in use, or in pieces that are too small; right after a boot there is more"
		return 1
	}
}

# lower_huge_pages NODE KB COUNT: as many as before; those that a program uses stay.
lower_huge_pages() {
	file=$(huge_pages_file "$1" "$2")
	[ -e "$file" ] && [ "$(cat "$file")" -gt "$3" ] || return 0
	used=$(($(cat "$file") - $(cat "${file%/*}/free_hugepages")))
	[ "$used" -le "$3" ] || echo "$used pages of $2 kB are in use and stay"
	printf '%s\n' "$((used > $3 ? used : $3))" >"$file"
}

# group_is PCI MEMBER=DRIVER…: these are the others in the function's IOMMU group, and their drivers as they were.
group_is() {
	members=/sys/bus/pci/devices/$1/iommu_group/devices own=$1
	shift
	for member in "$members"/*; do
		member=${member##*/}
		[ "$member" != "$own" ] || continue
		driver=$(driver_of "$member")
		[ "$driver" != none ] || driver=''
		case " $* " in *" $member=$driver "*) ;; *) return 1 ;; esac
	done
}

# knows_owner OWNER: chown takes it here.
knows_owner() { : >"$change/owner" && chown -- "$1" "$change/owner" && rm -f "$change/owner"; }

# own_group PCI OWNER MODE: who may open the function's VFIO group; fine when that is there no more.
own_group() {
	group=$(readlink "/sys/bus/pci/devices/$1/iommu_group") || return 0
	[ -e "/dev/vfio/${group##*/}" ] || return 0
	chown -- "$2" "/dev/vfio/${group##*/}" && chmod "$3" "/dev/vfio/${group##*/}"
}
