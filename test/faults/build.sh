# shellcheck shell=sh
# The machine as the campaign begins: see world.ts. Whatever is in the way goes.
rm -rf /run/struck /var/lib/sriov-workbench /run/sriov-workbench
for pid in $(pgrep -f '^sleep 317'); do kill "$pid"; done
# What renews a lease would find out at half of it that its files are gone.
for pid in $(pgrep -f '/sriov-workbench/dhcp/.* keep'); do kill -TERM "-$pid"; done
# Whoever lost something there gets it back.
# In this order: who is on Docker's bridge gets its addresses in turn.
docker kill fw web web2 >/dev/null 2>&1
docker start fw web web2 >/dev/null
running=$(docker ps -q -f name=router -f name=pod-a -f name=pod-b -f name=a.b_c)
# shellcheck disable=SC2086 # ids are hexadecimal
[ -z "$running" ] || docker kill $running >/dev/null
for pid in $(docker inspect -f '{{.State.Pid}}' fw web web2); do
	nsenter -t "$pid" -n ip link set net1 netns 1 2>/dev/null
	nsenter -t "$pid" -n ip link del mv1 2>/dev/null
done
