# shellcheck shell=sh disable=SC2154 # $kept_home and $change come before; so do write_new and folder_is_ours
# The verbs for a `.link` file, by which systemd's udev gives a VF its name on the host back, whoever brings it there. Only one such file
# applies to a device, so it has all other settings of the one that did before.

links=/etc/systemd/network
our_links=$links/00-sriov-workbench-
udev_data=/run/udev/data
link_places="$links /run/systemd/network /usr/local/lib/systemd/network /usr/lib/systemd/network /lib/systemd/network"

# install_link ID PCI NAME: one that was removed by this change comes back as it was.
install_link() {
	link=$our_links$1.link linked=$2 link_name=$3
	if [ ! -d "$links" ]; then mkdir -m 755 "$links" && : >"$kept_home/made-links" || return; fi
	folder_is_ours "$links" || return
	if [ -e "$change/${link##*/}" ]; then cp -p "$change/${link##*/}" "$links/"; else write_new "$link" link_file; fi && reload_links
}

# remove_link ID: with the last one their folder goes, where it was made for them.
remove_link() {
	link=$our_links$1.link
	rm -f "$link.new"
	[ ! -e "$link" ] || { cp -p "$link" "$change/" && rm -f "$link" && reload_links; } || return
	for left in "$our_links"*; do
		[ ! -e "$left" ] || return 0
	done
	[ ! -e "$kept_home/made-links" ] || { rmdir "$links" 2>/dev/null; rm -f "$kept_home/made-links"; }
}

# reload_links: udev also finds out by itself, a few seconds later.
reload_links() { udevadm control --reload 2>/dev/null || true; }

link_file() {
	of_one='MACAddress|AlternativeName|Alias|Description'
	if from=$(applied_to "$linked"); then of_one=; else from=$(applied_to_others "$linked"); fi
	printf '# Made by SR-IOV Workbench for an attachment that lasts: %s is %s on the host whenever it comes back. It goes with that.\n' "$linked" "$link_name"
	[ -z "$from" ] || printf '# All else is as in %s.\n' "$from"
	printf '\n[Match]\nPath=pci-%s *-pci-%s\n\n[Link]\nName=%s\n' "$linked" "$linked" "$link_name"
	[ -z "$from" ] || link_settings "$from" "Name|NamePolicy|SR-IOVVirtualFunctions${of_one:+|$of_one}"
}

# applied_to PCI: prints the .link file that applies to the function's network device, as udev noted; never one of ours.
applied_to() {
	for device in "/sys/bus/pci/devices/$1/net"/* "/sys/bus/pci/devices/$1"/virtio*/net/*; do
		{ read -r number <"$device/ifindex"; } 2>/dev/null || continue
		file=$(sed -n 's/^E:ID_NET_LINK_FILE=//p' "$udev_data/n$number" 2>/dev/null)
		case $file in '' | "$our_links"*) continue ;; esac
		[ -e "$file" ] && printf '%s\n' "$file" && return
	done
	return 1
}

# applied_to_others PCI: the one of another VF of that adapter, where the VF itself is elsewhere now; or what comes with udev.
applied_to_others() {
	for other in "/sys/bus/pci/devices/$1/physfn"/virtfn*; do
		other=$(readlink "$other") && applied_to "${other##*/}" && return
	done
	for place in $link_places; do
		[ ! -e "$place/99-default.link" ] || { printf '%s\n' "$place/99-default.link" && return; }
	done
}

# link_settings FILE KEYS: the settings of its [Link] section and of the files that add to it, but for these.
link_settings() {
	{
		printf '%s\n' "$1"
		for place in $link_places; do
			for file in "$place/${1##*/}.d"/*.conf; do [ ! -e "$file" ] || printf '%s\n' "$file"; done
		done | sed 's|.*/\(.*\)|\1/&|' | sort -s -u -t / -k 1,1 | sed 's|[^/]*/||'
	} | while IFS= read -r file; do
		sed -e ':more' -e '/\\$/{N;s/\\\n/ /;b more' -e '}' "$file"
		printf '\n[]\n'
	done | sed -n -E -e '/^[[:space:]]*\[/{h;d;}' -e 'x;/^[[:space:]]*\[Link\]/{x;b ours' -e '};x;d' -e ':ours' \
		-e "/^[[:space:]]*($2)[[:space:]]*=/d" -e '/^[[:space:]]*[^#;=[:space:]][^=]*=/p'
}
