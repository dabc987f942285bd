# shellcheck shell=sh disable=SC2154 # $uid comes with the probe
# Finds containers by the files and processes that there are of them, without asking an engine. For the probe, after client.sh and shims.sh.

# name_kept NAME FORMAT SOCKET…: what an engine keeps: ids, with the first process of those that have one; and what they are called.
name_kept() {
	if ! kept=$(kept_by "$1"); then
		ask_client "$@"
		return
	fi
	section "engine $1"
	echo ok
	section "kept $1"
	for id in $kept; do
		process=''
		for file in /run/containers/storage/*-containers/"$id"/userdata/pidfile; do
			[ ! -e "$file" ] || read -r process <"$file"
		done 2>/dev/null
		printf '%s %s\n' "$id" "$process"
	done
	section "called $1"
	[ "$kept" != ' ' ] || return 0
	grep -hs '' /var/lib/containers/storage/*-containers/containers.json \
		/var/lib/containers/storage/*-containers/volatile-containers.json /run/containers/storage/*-containers/volatile-containers.json
	:
}

# list_socket NAME FORMAT SOCKET…: what an engine with Docker's API lists, without asking it for the process of each: those are found by
# their shims.
list_socket() {
	if speaks_to "$1" "$3" && listed=$(ask_api "$3" -f 'http://localhost/containers/json?all=1'); then
		section "engine $1"
		echo ok
		section "listed $1"
		printf '%s\n' "$listed"
	else
		ask_client "$@"
	fi
}

# ask_other_shims: the process of each of Docker's containers, by the folder in which its shim runs; containerd's are asked for where there
# are shims of others, or no Docker to list them. Anybody can call a process so, but only root has such folders.
ask_other_shims() {
	set --
	# shellcheck disable=SC2013 # paths of numbers
	for comm in $(grep -lsx containerd-shim /proc/[0-9]*/comm); do set -- "$@" "${comm%/comm}/cwd"; done
	[ $# -gt 0 ] || return 0
	others=''
	has docker || others=yes
	section 'processes docker'
	QUOTING_STYLE=literal stat -c %N "$@" 2>/dev/null | {
		while IFS= read -r place; do
			id=${place##*/} process=''
			case $place in
			*" -> /run/containerd/io.containerd.runtime.v2.task/moby/$id" | \
				*" -> /run/docker/containerd/daemon/io.containerd.runtime.v2.task/moby/$id")
				{ read -r process <"${place#* -> }/init.pid"; } 2>/dev/null
				;;
			esac
			case $process in '' | *[!0-9]*) others=yes ;; *) printf '{"Id":"%s"\n"Pid":%s\n' "$id" "$process" ;; esac
		done
		[ -z "$others" ] || ask_shims
	}
}
