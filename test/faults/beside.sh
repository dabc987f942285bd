# shellcheck shell=sh
# routes NAME PID: the routes of a network namespace that the kernel didn't make itself, in all tables.
routes() {
	for family in 4 6; do
		nsenter -t "$2" -n ip -$family route show table all 2>/dev/null |
			sed "/ proto \(kernel\|ra\)/d; s/ dead//; s/ linkdown//; s/ *$//; s/^/$1 IPv$family /"
	done
}

# dhcp: the files and the processes of DHCP clients.
dhcp() {
	for file in /var/lib/sriov-workbench/dhcp/*; do
		[ ! -e "$file" ] || echo "dhcp file ${file##*/} $(sed -n 's/^address //p' "$file" | head -n 1)"
	done
	grep -alE '[s]riov-workbench.*keep|[u]dhcpc|[d]hclient' /proc/[0-9]*/cmdline 2>/dev/null | while read -r process; do
		tr '\0' ' ' <"$process" | sed 's,/proc/[0-9]*/ns/net [0-9]*,…,; s/^/dhcp process /'
		echo
	done
}
