# shellcheck shell=sh
# Containers, k0 to k6 or those in $all, that each have their VF as net7 whenever they run. Looks at that by what the kernel says, and by nothing of ours.
all=${all:-0 1 2 3 4 5 6}
names=$(for number in $all; do echo "k$number"; done)
state=/var/lib/sriov-workbench

vf_of() { echo "0000:01:1$(($1 / 4)).$(($1 % 4 * 2))"; }

# has TEXT WORDS: the text has these words next to each other.
has() { case " $(printf %s "$1" | tr -s '\n ' '  ') " in *" $2 "*) ;; *) echo "no \"$2\"" && return 1 ;; esac }

# is_inside N PID: all that was asked for is there.
is_inside() {
	seen=$(nsenter -t "$2" -n sh -c 'ip -d -o link show dev net7; ip -o addr show dev net7; ip route show dev net7' 2>&1)
	case $seen in *[\<,]UP[,\>]*) ;; *) echo 'net7 is not up' && return 1 ;; esac
	has "$seen" "parentdev $(vf_of "$1")" && has "$seen" "link/ether 02:00:00:00:07:0$1" && has "$seen" "inet 10.77.$1.1/24" &&
		has "$seen" "10.78.$1.0/24 via 10.77.$1.254" && has "$on_pf" "vf $1 link/ether 02:00:00:00:07:0$1 brd ff:ff:ff:ff:ff:ff, vlan 4$1,"
}

# is_home N: it is on the host as before, and nothing is on record.
is_home() {
	vf=$(vf_of "$1")
	names_there=$(ls "/sys/bus/pci/devices/$vf/net")
	[ "$names_there" = "enp1s0v$1" ] || { echo "$vf is called '$names_there' on the host" && return 1; }
	[ ! -e "$state/attachments/$vf.json" ] || { echo "$vf is on record" && return 1; }
	[ -z "$(ip -o addr show dev "enp1s0v$1")" ] || { echo "$vf has an address" && return 1; }
	has "$(ip -o link show dev "enp1s0v$1")" "link/ether 02:00:00:00:01:0$1" && has "$on_pf" "vf $1 link/ether 02:00:00:00:01:0$1 brd ff:ff:ff:ff:ff:ff, spoof"
}

all_inside() {
	# shellcheck disable=SC2046,SC2086 # names, and numbers
	set -- $(docker inspect -f '{{.State.Pid}}' $names)
	on_pf=$(ip link show dev enp1s0)
	for number in $all; do
		[ "${1:-0}" -gt 0 ] || { echo "k$number does not run" && return 1; }
		why=$(is_inside "$number" "$1") || { echo "k$number: $why" && return 1; }
		shift
	done
}

all_home() {
	on_pf=$(ip link show dev enp1s0)
	for number in $all; do
		why=$(is_home "$number") || { echo "VF $number: $why" && return 1; }
	done
}

# within SECONDS COMMAND: says what is wrong where it isn't so by then.
within() {
	read -r end _ </proc/uptime
	end=$((${end%.*} + $1))
	until wrong=$("$2"); do
		read -r now _ </proc/uptime
		[ "${now%.*}" -lt "$end" ] || { echo "$wrong" && return; }
		sleep 0.5
	done
}

# turn: they are stopped and started, all at once; says what is wrong after each of both.
turn() {
	# shellcheck disable=SC2086
	docker stop -t 0 $names >/dev/null
	within 240 all_home
	# As if these were not the starts of a container that crashes.
	rm -f /run/sriov-workbench/*.pace
	# shellcheck disable=SC2086
	docker start $names >/dev/null
	within 240 all_inside
}
