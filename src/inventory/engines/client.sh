# shellcheck shell=sh
# Asks an engine by its command. For the probe.

# ask_client NAME FIELD SOCKET…: the containers of an engine; FIELD is what its templates call the id.
ask_client() {
	name=$1 field=$2
	shift 2
	section "engine $name"
	if [ -z "$(command -v "$name")" ]; then
		echo absent
	elif ids=$("$name" ps --all --quiet --no-trunc 2>/dev/null); then
		echo ok
		section "containers $name"
		# shellcheck disable=SC2086 # ids are hexadecimal
		[ -z "$ids" ] || "$name" inspect --type container --format '{"id":{{json .'"$field"'}},"name":{{json .Name}},"image":{{json .Config.Image}},"state":{{json .State.Status}},"pid":{{json .State.Pid}},"networkMode":{{json .HostConfig.NetworkMode}}}' $ids 2>/dev/null
	else
		printf 'failed %s\n' "$("$name" ps 2>&1)"
		section "socket $name"
		stat -L -c '%n %U %G %a' "$@" 2>/dev/null
	fi
}
