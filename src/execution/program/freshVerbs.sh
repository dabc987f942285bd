# shellcheck shell=sh disable=SC2154 # $change comes with the executor
# The verbs that find out, in the middle of a change, what only the host knows: what new VFs and their network devices are called.

# note_vfs PCI COUNT KEY: the steps after this know each new VF of the adapter by KEY_INDEX.
note_vfs() {
	index=0
	while [ "$index" -lt "$2" ]; do
		new=$(readlink "/sys/bus/pci/devices/$1/virtfn$index") || { echo "$1 has no VF $index" && return 1; }
		note_device "${new##*/}" "$3_$index" || return
		index=$((index + 1))
	done
}

# note_device PCI KEY: writes down what they know of that function: for the shell, and for the plan that is kept to undo all this.
note_device() {
	tries=0
	until new_name=$(netdev_on_host "$1" | head -n 1) && { [ -z "$new_name" ] || is_named_for_good "$new_name"; }; do
		tries=$((tries + 1))
		[ "$tries" -le 50 ] || break
		sleep 0.2
	done
	new_mac=-
	[ -z "$new_name" ] || new_mac=$(cat "/sys/class/net/$new_name/address") || return
	case $new_name in *[!A-Za-z0-9_.:-]*) echo "the network device of $1 is called $new_name, which can't be used" && return 1 ;; esac
	for value in "vf $1" "device $new_name" "mac $new_mac" "driver $(driver_of "$1")"; do
		printf "late_%s__%s='%s'\n" "${value%% *}" "$2" "${value#* }" >&3
		printf 's/\356\200\200%s__%s\356\200\201/%s/g\n' "${value%% *}" "$2" "${value#* }" >&4
	done 3>"$change/late.$2.sh" 4>"$change/late.$2.sed" && cat "$change"/late.*.sed >"$change/words"
}
