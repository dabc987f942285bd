# shellcheck shell=sh disable=SC2154 # $base comes with the executor
# The verbs for an address by DHCP. A client is run for one lease at a time: one that stayed in the container's namespace would
# hold that open when the container stops, and its interface with it. What stays is a shell on the host that goes in again, by the
# path to the namespace and as long as that is the same one, when half of the lease is over.
# CLIENT… is `udhcpc`, `busybox udhcpc` or `dhclient` of the host, or `ENGINE exec ID`: the container's own udhcpc.

# start_dhcp KEY NAME PATH INODE CLIENT…: gets a lease for the container's interface, and sees that it is renewed.
start_dhcp() {
	dhcp=$base/dhcp/$1 name=$2 path=$3 inode=$4
	# The interface of an earlier lease may be gone, and what renews it not yet know: its end would take our files along.
	forget_lease "$1"
	shift 4
	mkdir -p "$base/dhcp" && write_dhcp_script && chmod 700 "$dhcp.sh" || return
	if ! in_ns "$dhcp.sh" get "$name" "$@" </dev/null >"$dhcp.log" 2>&1; then
		echo "no DHCP server gave $name an address within 20 seconds ($(tail -n 1 "$dhcp.log"))"
		return 1
	fi
	# It must hold neither our locks nor the namespaces that we have open.
	setsid sh "$dhcp.sh" keep "$name" "$path" "$inode" "$@" </dev/null >/dev/null 2>&1 4>&- 5>&- 6>&- 7<&- 8<&- 9<&- &
	tries=0
	until [ -s "$dhcp.pid" ]; do
		tries=$((tries + 1))
		[ "$tries" -le 30 ] || { echo "the renewal of the lease of $name did not start"; return 1; }
		sleep 0.1
	done
}

# stop_dhcp KEY NAME CLIENT…: ends what renews the lease, and gives the lease back, as far as the server can be reached. Fine when
# there is none. The address stays for the steps that follow to remove: undone, they put back routes that need one.
stop_dhcp() {
	dhcp=$base/dhcp/$1 name=$2
	shift 2
	end_renewal
	if [ -s "$dhcp.lease" ] && in_ns ip link show dev "$name" up >/dev/null 2>&1; then
		in_ns "$dhcp.sh" release "$name" "$@" </dev/null >/dev/null 2>&1
	fi
	rm -f "$dhcp".*
}

# forget_lease KEY: the same where nobody is left to give it back.
forget_lease() {
	dhcp=$base/dhcp/$1
	end_renewal
	rm -f "$dhcp".*
}

# end_renewal: ends what renews the lease, if the process is still the one that we started.
end_renewal() {
	pid=$(cat "$dhcp.pid" 2>/dev/null)
	if [ -n "$pid" ] && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "sh $dhcp.sh keep "; then kill -TERM "-$pid"; fi
}

write_dhcp_script() {
	cat >"$dhcp.sh" <<'END_OF_DHCP'
#!/bin/sh
# In the container's network namespace: get NAME CLIENT… and release NAME CLIENT…. On the host: keep NAME PATH INODE CLIENT….
# Without such an argument it is udhcpc or dhclient that runs this, with what a server gave in its environment.
file=${0%.sh}
case ${1-} in get | release) interface=$2 ;; esac
# The address of this lease, or of one that was just given back: the one to ask for again.
had=$(sed -n 's/^address //p' "$file.lease" 2>/dev/null)
[ -n "$had" ] || [ -z "${interface-}" ] || had=$(ip -4 -o addr show dev "$interface" dynamic | sed -n '1s/.* inet \([0-9./]*\) .*/\1/p')

# bound ADDRESS/MASK ROUTERS SECONDS
bound() {
	[ -z "$had" ] || [ "$had" = "$1" ] || ip addr del "$had" dev "$interface" 2>/dev/null
	ip addr replace "$1" dev "$interface" valid_lft "$3" preferred_lft "$3" || exit
	# An existing default route was set on purpose.
	[ -z "$2" ] || [ -n "$(ip -4 route show default)" ] || ip route add default via "${2%% *}" dev "$interface"
	printf 'address %s\nseconds %s\n' "$1" "$3" >"$file.lease"
}

# in_container ENGINE exec ID DO OPTION…: has the container's own client run, which does DO once it has a lease. Its script lies in a
# new folder of a name that nobody can foresee, where the container lets it run: processes in there may have put links into /tmp.
in_container() {
	engine=$1 id=$3 do=$4
	shift 4
	# shellcheck disable=SC2016 # the container's shell is to expand this
	timeout "$patience" "$engine" exec -u 0 "$id" sh -c 'do=$1
		shift
		read -r name </proc/sys/kernel/random/uuid || exit
		for place in /run /dev /tmp; do
			folder=$place/.sriov-dhcp.$name
			mkdir -m 700 "$folder" 2>/dev/null || continue
			trap "rm -rf $folder" EXIT
			printf "%s\\n" "#!/bin/sh" "[ \$1 != bound ] || { $do; }" >"$folder/script" && chmod 700 "$folder/script" && "$folder/script" try && break
			rm -rf "$folder"
		done
		udhcpc "$@" -s "$folder/script"' sh "$do" "$@"
}

# It can't change anything in there, and says what it was given: anybody's text.
# shellcheck disable=SC2016
tell='echo lease $ip/$mask $lease $router'
# With its option for it, udhcpc says that it gives a lease back and doesn't (BusyBox 1.35). A second is for the server's MAC to be asked for.
# shellcheck disable=SC2016
give_back='(sleep 1; kill -TERM $PPID) & kill -USR2 $PPID'

bound_by_container() {
	# shellcheck disable=SC2046 # digits and dots
	set -- $(grep -Ex 'lease [0-9.]+/[0-9]+ [0-9]+( [0-9.]+)*' | tail -n 1)
	[ $# -ge 3 ] && bound "$2" "${4-}" "$3"
}

get() {
	patience=30
	shift
	case "$1 ${2-}" in
	'dhclient ')
		echo 'timeout 20; retry 5;' >"$file.conf"
		as_dhclient -1
		status=$?
		# It stays, with or without a lease, and its pid file is not always there.
		for process in $(grep -slF -e "$file.client" /proc/[0-9]*/cmdline); do
			process=${process%/cmdline}
			[ "$(cat "$process/comm" 2>/dev/null)" != dhclient ] || kill "${process#/proc/}"
		done
		[ "$status" = 0 ]
		;;
	*' exec') in_container "$@" "$tell" -i "$interface" -n -q -t 10 -T 2 ${had:+-r "${had%/*}"} | bound_by_container ;;
	*) "$@" -i "$interface" -n -q -t 10 -T 2 ${had:+-r "${had%/*}"} -s "$0" ;;
	esac && [ -s "$file.lease" ]
}

release() {
	patience=8
	shift
	case "$1 ${2-}" in
	'dhclient ') as_dhclient -r ;;
	*' exec') in_container "$@" "$give_back" -f -i "$interface" -n -r "${had%/*}" -t 2 -T 1 ;;
	*) giving_back=1 timeout "$patience" "$@" -f -i "$interface" -n -r "${had%/*}" -t 2 -T 1 -s "$0" ;;
	esac
}

# Debian and Ubuntu have AppArmor keep it from any other script than its own.
as_dhclient() {
	freely=$(command -v aa-exec)
	timeout "$patience" ${freely:+"$freely" -p unconfined --} dhclient -4 "$1" -cf "$file.conf" -sf "$0" -lf "$file.leases" -pf "$file.client" "$interface"
}

renew() (
	command exec 7<"$path" && [ "$(stat -L -c %i /proc/self/fd/7)" = "$inode" ] || exit 3
	nsenter --net=/proc/self/fd/7 ip link show dev "$name" >/dev/null || exit 3
	nsenter --net=/proc/self/fd/7 "$file.sh" get "$name" "$@"
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

case ${1-$reason} in
get | release) "$@" ;;
keep)
	name=$2 path=$3 inode=$4
	shift 4
	keep_lease "$@"
	;;
bound | renew) if [ -n "${giving_back-}" ]; then eval "$give_back"; else bound "$ip/${mask:-24}" "$router" "$lease"; fi ;;
BOUND | REBOOT | RENEW | REBIND) bound "$new_ip_address/$new_subnet_mask" "$new_routers" "$new_dhcp_lease_time" ;;
TIMEOUT) exit 1 ;;
esac
END_OF_DHCP
}
