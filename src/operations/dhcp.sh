# shellcheck shell=sh disable=SC2154 # $base comes with the executor
# The words for an address by DHCP. udhcpc is run for one lease at a time: a client that stayed in the container's namespace would hold
# that open when the container stops, and its interface with it. What stays is a shell on the host that goes in again, by the
# path to the namespace and as long as that is the same one, when half of the lease is over.

# start_dhcp KEY NAME PATH INODE CLIENT…: gets a lease for the container's interface, and sees that it is renewed.
start_dhcp() {
	dhcp=$base/dhcp/$1 name=$2 path=$3 inode=$4
	shift 4
	mkdir -p "$base/dhcp" && write_dhcp_script && chmod 700 "$dhcp.sh" && rm -f "$dhcp.lease" || return
	if ! in_ns "$@" -i "$name" -n -q -t 10 -T 2 -s "$dhcp.sh" </dev/null >"$dhcp.log" 2>&1 || [ ! -s "$dhcp.lease" ]; then
		echo "no DHCP server gave $name an address within 20 seconds ($(tail -n 1 "$dhcp.log"))"
		return 1
	fi
	# It must hold neither our locks nor the namespaces that we have open.
	setsid sh "$dhcp.sh" keep "$name" "$path" "$inode" "$@" </dev/null >/dev/null 2>&1 4>&- 5>&- 6>&- 7<&- 8<&- 9<&- &
	tries=0
	until [ -s "$dhcp.pid" ]; do
		tries=$((tries + 1))
		[ "$tries" -le 30 ] || { echo "the lease of $name would not be renewed"; return 1; }
		sleep 0.1
	done
}

# stop_dhcp KEY NAME CLIENT…: ends what renews the lease, if the process is still the one that we started, and gives the lease back, as far
# as the server can be reached. Fine when there is none.
stop_dhcp() {
	dhcp=$base/dhcp/$1 name=$2
	shift 2
	pid=$(cat "$dhcp.pid" 2>/dev/null)
	if [ -n "$pid" ] && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "sh $dhcp.sh keep "; then kill -TERM "-$pid"; fi
	leased=$(sed -n 's/^address //p' "$dhcp.lease" 2>/dev/null)
	if [ -n "$leased" ] && in_ns ip link show dev "$name" up >/dev/null 2>&1; then
		in_ns timeout 6 "$@" -i "$name" -n -q -R -r "${leased%/*}" -t 2 -T 1 -s "$(command -v true)" </dev/null >/dev/null 2>&1
		in_ns ip addr flush dev "$name" to "${leased%/*}/32" 2>/dev/null
	fi
	rm -f "$dhcp".*
}

write_dhcp_script() {
	cat >"$dhcp.sh" <<'END_OF_DHCP'
#!/bin/sh
# udhcpc runs this with what a server gave: address, lease and router. With the word keep it is what renews the lease.
file=${0%.sh}

bound() {
	before=$(sed -n 's/^address //p' "$file.lease" 2>/dev/null)
	now=$ip/${mask:-24}
	[ -z "$before" ] || [ "$before" = "$now" ] || ip addr del "$before" dev "$interface"
	ip addr replace "$now" dev "$interface" valid_lft "$lease" preferred_lft "$lease" || exit
	# A default route that is there already is somebody's decision.
	[ -z "$router" ] || [ -n "$(ip -4 route show default)" ] || ip route add default via "${router%% *}" dev "$interface"
	printf 'address %s\nseconds %s\n' "$now" "$lease" >"$file.lease"
}

renew() (
	command exec 7<"$path" && [ "$(stat -L -c %i /proc/self/fd/7)" = "$inode" ] || exit 3
	nsenter --net=/proc/self/fd/7 ip link show dev "$name" >/dev/null || exit 3
	leased=$(sed -n 's/^address //p' "$file.lease")
	nsenter --net=/proc/self/fd/7 "$@" -i "$name" -n -q -r "${leased%/*}" -s "$file.sh"
)

keep_lease() {
	echo $$ >"$file.pid"
	wait=$(($(sed -n 's/^seconds //p' "$file.lease") / 2))
	while sleep "$wait"; do
		renew "$@"
		case $? in
		0) wait=$(($(sed -n 's/^seconds //p' "$file.lease") / 2)) ;;
		3) break ;;
		*) wait=$((wait / 2)) ;;
		esac
		[ "$wait" -ge 5 ] || wait=5
	done
	rm -f "$file".*
}

case $1 in
bound | renew) bound ;;
keep)
	name=$2 path=$3 inode=$4
	shift 4
	keep_lease "$@"
	;;
esac
END_OF_DHCP
}
