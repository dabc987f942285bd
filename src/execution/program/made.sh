# shellcheck shell=sh disable=SC2015,SC2034,SC2154 # what is made comes with the intent, before this and later.sh; so do make_plan and settle_N_plan
# The program of an adapter that has VFs after each boot: `boot` makes them, each as it is to be, in changes like any other. Where they are there already
# it only settles them, and where something else made another number it leaves them alone.

# make_vfs: fails where not all is as it is to be; then `sriov lasting` and the journal say why.
make_vfs() {
	why='' late_container='' late_container_name='' late_pid=0 late_inode=0
	read -r boot </proc/sys/kernel/random/boot_id
	late_boot=$boot
	close_interrupted && adapter_comes || failed "$why" || return
	case $pf_name in *[!A-Za-z0-9_.:-]*) failed "the adapter is called $pf_name, which can't be used" || return ;; esac
	late_pf_name=$pf_name
	if ip -j link show dev "$pf_name" up | grep -q ifindex; then late_pf_state=up; else late_pf_state=down; fi
	read -r there <"$devices/$pf/sriov_numvfs"
	case $there in
	"$count") ;;
	0) change_by make && log "$pf_name has $count VFs" || failed "$why" || return ;;
	*) failed "$pf_name has $there VFs already, not $count: something else makes them, so they are left alone" || return ;;
	esac
	are_named
	wrong=''
	for index in $settled; do settle "$index" || wrong="$wrong${wrong:+; }VF $index: $why"; done
	if [ -z "$wrong" ]; then result made; else failed "$wrong"; fi
}

# adapter_comes: waits for the one that was meant, whose driver may be on its way yet.
adapter_comes() {
	tries=0
	until pf_name=$(netdev_on_host "$pf" | head -n 1) && [ -n "$pf_name" ] && is_named_for_good "$pf_name"; do
		tries=$((tries + 1))
		[ "$tries" -le 150 ] || break
		sleep 0.2
	done
	pf_is_meant
}

# are_named: waits a while until the VFs have the names that engines and networks will look for.
are_named() {
	tries=0
	for function in "$devices/$pf"/virtfn*; do
		function=$(readlink "$function")
		until device=$(netdev_on_host "${function##*/}") && { [ -z "$device" ] || is_named_for_good "$device"; }; do
			tries=$((tries + 1))
			[ "$tries" -le 50 ] || return 0
			sleep 0.2
		done
	done
}

# settle INDEX: that VF gets its settings, unless somebody has it. Fails with `why`.
settle() {
	vf=$(settled_vf "$1")
	there=$(readlink "$devices/$pf/virtfn$1")
	[ "${there##*/}" = "$vf" ] || { why="it is ${there##*/}, not $vf" && return 1; }
	late_driver=$(driver_of "$vf") late_device=$(netdev_on_host "$vf")
	case $late_driver in
	none) ;;
	*vfio* | uio* | *_uio | *stub)
		log "VF $1 of $pf_name has the driver $late_driver already; it is left alone"
		return
		;;
	*)
		if [ -z "$late_device" ]; then
			log "VF $1 of $pf_name is not on the host; it is left alone"
			return
		fi
		;;
	esac
	case $late_device in *[!A-Za-z0-9_.:-]*) why="it is called $late_device, which can't be used"; return 1 ;; esac
	late_mac=-
	[ -z "$late_device" ] || late_mac=$(cat "/sys/class/net/$late_device/address")
	change_by "settle_$1"
}

case ${1-} in
boot) once make_vfs ;;
close) once close_interrupted ;;
*) echo "usage: sh $0 boot|close" && exit 2 ;;
esac
