# shellcheck shell=sh disable=SC2154 # $uid comes with the probe
# Asks an engine by its command, or by its socket where that answers: in a tenth of the time. For the probe.

# ask_client NAME FORMAT SOCKET…: the containers of an engine; FORMAT is what it is to print of each.
ask_client() {
	name=$1 format=$2
	shift 2
	section "engine $name"
	if ! has "$name"; then
		echo absent
	elif ids=$("$name" ps --all --quiet --no-trunc 2>/dev/null); then
		echo ok
		section "containers $name"
		# shellcheck disable=SC2086 # ids are hexadecimal
		inspect "$name" "$format" $ids
	else
		printf 'failed %s\n' "$("$name" ps 2>&1)"
		section "socket $name"
		stat -L -c '%n %U %G %a' "$@" 2>/dev/null
	fi
}

# inspect NAME FORMAT [ID…]: one line for each container.
inspect() {
	name=$1 format=$2
	shift 2
	[ $# = 0 ] || "$name" inspect --type container --format "$format" "$@" 2>/dev/null
}

# ask_kept NAME FORMAT SOCKET…: the same of an engine whose containers each have a folder that root sees: where there is none, nobody is
# asked. Not all of them are the engine's own, so what it doesn't know doesn't matter while it knows one.
ask_kept() {
	if ! kept=$(kept_by "$1"); then
		ask_client "$@"
		return
	fi
	# shellcheck disable=SC2086 # ids are hexadecimal
	inspected=$(inspect "$1" "$2" $kept)
	if [ "$kept" != ' ' ] && [ -z "$inspected" ]; then
		ask_client "$@"
	else
		section "engine $1"
		echo ok
		section "containers $1"
		printf '%s\n' "$inspected"
	fi
}

# kept_by NAME: the ids by which root's containers are kept, where the engine keeps them in its usual places.
kept_by() {
	[ "$uid" = 0 ] && has "$1" && [ -z "${CONTAINER_HOST-}${CONTAINERS_CONF-}${CONTAINERS_STORAGE_CONF-}" ] || return
	for settings in /etc/containers/storage.conf /usr/share/containers/storage.conf; do
		[ ! -e "$settings" ] || ! grep -E '^[[:space:]]*(graphroot|runroot)' "$settings" | grep -qvE '"(/var/lib|/run)/containers/storage/?"' || return
	done
	found=' '
	for folder in /var/lib/containers/storage/*-containers/* /var/lib/containers/storage/libpod/* /run/containers/storage/*-containers/*; do
		folder=${folder##*/}
		[ "${#folder}" = 64 ] || continue
		case $folder in *[!0-9a-f]*) continue ;; esac
		case $found in *" $folder "*) ;; *) found="$found$folder " ;; esac
	done
	printf '%s\n' "$found"
}

# ask_socket NAME FORMAT SOCKET…: the same of an engine with Docker's API: what it lists, and the process of each.
ask_socket() {
	if speaks_to "$1" "$3" && listen "$3"; then
		section "engine $1"
		echo ok
		section "listed $1"
		printf '%s\n' "$listed"
		section "processes $1"
		printf '%s\n' "$processes"
	else
		ask_client "$@"
	fi
}

# listen SOCKET: sets `listed`, as the engine says it, and `processes`: an id and a process in turn. Fails when any lacks its own.
listen() {
	api=http://localhost/containers processes=''
	listed=$(ask_api "$1" -f "$api/json?all=1") || return
	urls=$(printf '%s' "$listed" | grep -o '"Id":"[0-9a-f]\{64\}"' | sed "s|.*:\"\(.*\)\"|$api/\1/json|")
	[ -n "$urls" ] || return 0
	# Only what isn't text is a number without quotes: no label or name can say that.
	# shellcheck disable=SC2086 # addresses with ids, which are hexadecimal
	processes=$(ask_api "$1" -w '\n' $urls | grep -o '^{"Id":"[0-9a-f]\{64\}"\|"Pid":[0-9][0-9]*')
	# shellcheck disable=SC2086 # words without blanks
	set -- $urls
	asked=$#
	# shellcheck disable=SC2086
	set -- $processes
	[ "$#" = "$((2 * asked))" ]
}

# ask_api SOCKET ARG…: curl, whatever .curlrc and proxies this user has.
ask_api() {
	socket=$1
	shift
	curl -q -s -m 20 --noproxy '*' --unix-socket "$socket" "$@"
}

# speaks_to NAME SOCKET: this user can, by what is there, and wouldn't be led elsewhere by the client's own settings.
speaks_to() {
	[ -w "$2" ] && has curl && has "$1" && [ -z "${DOCKER_HOST-}${DOCKER_CONTEXT-}" ] &&
		! grep -qs '"currentContext"' "${DOCKER_CONFIG:-$HOME/.docker}/config.json"
}
