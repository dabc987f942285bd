# shellcheck shell=sh disable=SC2034,SC2154 # $kept, $engine and the like come with the intent, later.sh and kept.sh, before this
# What the runtime of an engine runs, as the hooks of a CDI device: `hook` when it has made a container and before anything in there begins,
# `gone` when that has ended. Both get the container's state on stdin. Nothing here asks the engine: it waits for us, and would not answer.

# The runtime ends a hook after three minutes; what isn't done after one is undone. Other runs get less time to end than usual.
patience=15

log() { logger -t sriov-workbench "$kept: $1" 2>/dev/null; }

# find_container: the one that the runtime makes now; none when it has ended.
find_container() { container=$made_id pid=$made_now container_name=$made_name; }

# hook: the VF is in the container, or the container does not start; then what was begun is undone, and stderr says why.
hook() {
	if [ "$(id -u)" != 0 ]; then refuse 'only a container of root can have it'; fi
	{ read_state && is_meant && find_container && enter_container; } || refuse "${why:-$made_name ended}"
	! will_be_taken || refuse "$engine will call an interface of $container_name $inside itself; keep the VF under another name"
	exec 7<&-
	flock -w "$patience" 3 || refuse 'another run of its program did not end'
	is_kept || refuse 'it is no longer kept'
	cancel_later
	look >/dev/null 2>&1 || refuse "$why"
}
refuse() {
	failed "$1" >/dev/null 2>&1
	echo "SR-IOV Workbench: the VF that is kept as $kept can't be attached: $1" >&2
	exit 1
}

# cancel_later: a change that isn't done after a minute is undone.
cancel_later() {
	{ flock -w 60 "$run/$kept.lock" true || { kill -0 "$$" && cancel; }; } </dev/null >/dev/null 2>&1 3>&- &
}
cancel() {
	for begun in "$base"/changes/*/kept; do
		[ ! -e "$begun" ] || [ "$(cat "$begun")" != "$kept" ] || : >"${begun%/kept}/cancel"
	done
}

# read_state: which container it is, by what the runtime says on stdin. Its annotations, which come last, are anybody's.
read_state() {
	state=$(tr -d '\n\t')
	made_id=$(printf '%s' "$state" | grep -o '"id": *"[0-9a-f]\{64\}"' | head -n 1 | grep -o '[0-9a-f]\{64\}')
	made_now=$(printf '%s' "$state" | grep -o '"pid": *[0-9][0-9]*' | head -n 1 | grep -o '[0-9]*$')
	bundle=$(printf '%s' "$state" | grep -o '"bundle": *"[^"\\]*"' | head -n 1 | sed 's/.*"\([^"]*\)"$/\1/')
	made_name=''
	if [ -z "$made_id" ] || [ -z "$bundle" ]; then
		why='the runtime did not say which container it is about'
		return 1
	fi
	case $bundle in
	*/moby/"$made_id") made_by=docker && named_by_docker ;;
	*-containers/"$made_id"/userdata) made_by=podman && named_by_podman ;;
	*) made_by='' ;;
	esac
	case $made_name in *[!A-Za-z0-9_.-]*) made_name='' ;; esac
	export made_now
}

# named_by_docker: by the folder of its files, which also holds what is mounted into it.
named_by_docker() {
	files=$(grep -o "\"source\":\"[^\"\\\\]*/containers/$made_id/" "$bundle/config.json" 2>/dev/null | head -n 1)
	files=${files#'"source":"'}
	[ -n "$files" ] || files=/var/lib/docker/containers/$made_id/
	made_name=$(grep -o '"Name":"/[^"\\]*"' "$files/config.v2.json" 2>/dev/null | sed 's|.*:"/\(.*\)"|\1|' | sort -u)
}

# named_by_podman: by the list beside the folders of all containers.
named_by_podman() {
	made_name=$(sed -n "s/.*{\"id\":\"$made_id\",\"names\":\[\"\([^\"\\\\]*\)\".*/\1/p" "${bundle%"/$made_id/userdata"}/containers.json" 2>/dev/null)
}

# is_meant: the container may have it. One that is meant by its labels has the device, which says the same.
is_meant() {
	[ "$made_by" = "$engine" ] || { why="it is kept for a container of $engine${made_by:+, not of $made_by}" && return 1; }
	[ -n "$made_name" ] || made_name=${meant_name:-$(printf %.12s "$made_id")}
	[ -z "$meant_name" ] || [ "$made_name" = "$meant_name" ] || { why="it is kept for the container $meant_name, and this one is $made_name" && return 1; }
}

# will_be_taken: Docker from 28 on gives the container its networks after this, as eth0, eth1, … where they have no name of their own; earlier
# ones and Podman have done so by now, and what they took is seen.
will_be_taken() {
	[ "$engine" = docker ] && ! in_ns grep -q '^ *eth[0-9]' /proc/self/net/dev || return
	! grep -qsE '"NetworkMode":"(none|container:[^"]*)"' "$files/hostconfig.json" || return
	! grep -qsF "\"com.docker.network.endpoint.ifname\":\"$inside\"" "$files/config.v2.json" || return 0
	case $inside in eth | eth*[!0-9]* | [!e]*) return 1 ;; eth*) ;; *) return 1 ;; esac
	networks=$(grep -o '"EndpointID":' "$files/config.v2.json" 2>/dev/null | wc -l)
	[ "${inside#eth}" -lt "$((networks > 0 ? networks : 1))" ]
}

# gone: the container has ended, and the engine holds its namespace until we have, too: so what gives the VF back goes on by itself.
gone() {
	read_state && ended=$made_id && is_recorded_for "$ended" || exit 0
	systemd-run --quiet --collect --no-block --description="SR-IOV Workbench: give back what is kept as $kept" \
		--property=SyslogIdentifier=sriov-workbench sh "$0" back "$ended" >/dev/null 2>&1
}

# is_recorded_for ID: the VF was attached to that container, and not yet to the next one.
is_recorded_for() { grep -qsF "\"id\":\"$1\"" "$base/attachments/$vf.json"; }

# back ID: the VF gets its name and settings of the host again.
back() {
	patience=60 made_id='' made_now='' made_name=''
	flock -w "$patience" 3 || exit
	! is_recorded_for "$1" || look
}
