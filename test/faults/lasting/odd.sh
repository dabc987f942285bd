# shellcheck shell=sh disable=SC2016,SC2034,SC2154 # $state comes with keptHost.sh
# What goes wrong on a host with VF 1 kept for k1, with Docker's watcher.
vf=0000:01:10.2
kept=k1-net7
home=/etc/sriov-workbench/attachments.d
watcher=sriov-workbench@docker.service

pid_of() { docker inspect -f '{{.State.Pid}}' k1; }

# fill FOLDER: a small file system lies over it, with a copy of what is there, and is full.
fill() {
	cp -a "$1" /run/odd.copy && mount -t tmpfs -o size=512k,mode=700 odd "$1" && cp -a /run/odd.copy/. "$1" && rm -rf /run/odd.copy
	cat /dev/zero >"$1/filling" 2>/dev/null
	[ -s "$1/filling" ]
}

# driver NAME: the VF is bound to it, and to nothing else.
driver() {
	modprobe "$1"
	echo "$1" >/sys/bus/pci/devices/$vf/driver_override
	echo $vf >/sys/bus/pci/devices/$vf/driver/unbind
	echo $vf >/sys/bus/pci/drivers_probe
	echo >/sys/bus/pci/devices/$vf/driver_override
	[ "$(basename "$(readlink /sys/bus/pci/devices/$vf/driver)")" = "$1" ]
}

# strike PLAN STEP: the next time that this step of what attaches, or of what gives back, is begun, the watcher is killed, with all that it started.
strike() {
	echo "$1 $2" >/run/odd.strike
	grep -q ^struck_at "$home/$kept.sh" || sed -i 's|^attempt() {|struck_at() {\
	[ "$2" = apply ] \&\& case $description in *"\\"kind\\":\\"$(cut -d " " -f 1 /run/odd.strike)\\""*) [ "$(cut -d " " -f 2 /run/odd.strike)" = "$3" ] ;; *) false ;; esac 2>/dev/null \|\| return 0\
	rm /run/odd.strike\
	systemctl kill -s KILL sriov-workbench@docker.service\
	sleep 5\
}\
attempt() {\
	struck_at strike "$@"|' "$home/$kept.sh"
	grep -q ^struck_at "$home/$kept.sh"
}

# steps_of PLAN: how many it has.
steps_of() { sed -n "/^$1_plan() {/,/^steps=/s/^steps=//p" "$home/$kept.sh"; }
