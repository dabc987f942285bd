# shellcheck shell=sh
# As many VFs as $count says, or two; the first of them is up and has an address of the host.
count=${count:-2}
device=/sys/class/net/enp1s0/device
ready() { until [ "$(cat /sys/class/net/enp1s0/carrier)" = 1 ]; do sleep 0.1; done; }
[ "$(cat $device/sriov_numvfs)" = 0 ] || echo 0 >$device/sriov_numvfs
ip link set enp1s0 up
ready
# A VF whose driver comes while the PF is being reset waits ten seconds or twenty before it tries again.
echo 0 >$device/sriov_drivers_autoprobe
echo "$count" >$device/sriov_numvfs
ready
echo 1 >$device/sriov_drivers_autoprobe
for vf in "$device"/virtfn*; do basename "$(readlink "$vf")" >/sys/bus/pci/drivers_probe; done
until [ "$(cd /sys/class/net && echo enp1s0v* | wc -w)" = "$count" ] && [ -d /sys/class/net/enp1s0v0 ]; do sleep 0.1; done
udevadm settle
for i in $(seq 0 $((count - 1))); do
	ip link set "enp1s0v$i" address "02:00:00:00:01:0$i"
	ip link set "enp1s0v$i" up
done
# The PF knows the MAC of a VF only once that was up.
until [ "$(ip link show enp1s0 | grep -c 'vf .*02:00:00:00:01:0')" = "$count" ]; do sleep 0.3; done
for i in $(seq 1 $((count - 1))); do ip link set "enp1s0v$i" down; done
ip addr add 192.0.2.7/24 dev enp1s0v0
