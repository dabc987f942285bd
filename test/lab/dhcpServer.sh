# shellcheck shell=sh
# A DHCP server of the guest on the second adapter, which is cabled to the first.
server=/tmp/dhcp

# serve_dhcp SECONDS: leases of so many seconds, none of them given yet. It stays when the host's clients are hidden.
serve_dhcp() {
	end_dhcp
	mkdir -p $server && cp "$(command -v busybox)" $server && : >$server/leases
	printf '#!/bin/sh\n: >%s/written\n' $server >$server/notify
	chmod 755 $server/notify
	printf '%s\n' 'start 10.99.0.100' 'end 10.99.0.110' 'interface enp2s0' "lease_file $server/leases" 'min_lease 10' \
		"pidfile $server/pid" "notify_file $server/notify" 'option subnet 255.255.255.0' 'option router 10.99.0.254' "option lease $1" >$server/conf
	$server/busybox udhcpd -S -a 200 $server/conf
	until [ -s $server/pid ]; do sleep 0.05; done
}

# leases_out: the MACs that have an address of it.
leases_out() {
	rm -f $server/written
	kill -USR1 "$(cat $server/pid)" || return
	until [ -e $server/written ]; do sleep 0.05; done
	$server/busybox dumpleases -f $server/leases | sed '1d; /expired/d; s/ .*//'
}

end_dhcp() {
	pid=$(cat $server/pid 2>/dev/null)
	[ -z "$pid" ] || kill "$pid" 2>/dev/null
	while [ -n "$pid" ] && [ -e "/proc/$pid" ]; do sleep 0.05; done
	rm -rf $server
}
