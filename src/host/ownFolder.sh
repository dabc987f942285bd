# shellcheck shell=sh
# A folder that only root can write to, below one that only root can write to, holds no link, FIFO or file that another user
# planted. sh can't open a file without following links, so root's programs write to, read and run files in such folders only.

# own_folder PATH: makes the folder where there is none, and keeps others from looking into it. Says what is in the way, and fails.
own_folder() {
	is_own "$1" && return
	folder_is_ours "${1%/*}" follow || return
	failure=$(mkdir -m 700 "$1" 2>&1) || [ -e "$1" ] || [ -L "$1" ] || { echo "$failure" && return 1; }
	folder_is_ours "$1" && { [ "$(stat -c %a "$1")" = 700 ] || chmod 700 "$1"; }
}

# is_own PATH…: they are there and so already, which takes one process to see.
is_own() {
	for folder; do
		[ -d "$folder" ] && [ ! -L "$folder" ] || return
		set -- "$@" "${folder%/*}" "$folder"
		shift
	done
	# shellcheck disable=SC2046 # four numbers for each
	set -- $(stat -L -c '%u %a' "$@")
	[ $# -gt 0 ] || return
	while [ $# -gt 0 ]; do
		[ "${4-}" = 700 ] && only_we_write "$1" "$2" && only_we_write "$3" "$4" || return
		shift 4
	done
}

# folder_is_ours PATH [follow]: a folder, or with `follow` a link to one, that belongs to root (or to us) and that nobody else can
# write to. Says what is wrong, and fails.
folder_is_ours() {
	if [ ! -d "$1" ] || { [ -z "${2-}" ] && [ -L "$1" ]; }; then
		echo "$1 is not a folder. Move away what is there and try again."
		return 1
	fi
	# shellcheck disable=SC2046 # two numbers
	only_we_write $(stat -L -c '%u %a' "$1") && return
	stat -L -c "%n is writable by other users: it belongs to %U and has mode %a, so they can place links and programs there. Make sure that they did not, then run: chown root $1; chmod go-w $1" "$1"
	return 1
}

# only_we_write UID MODE
only_we_write() { { [ "$1" = 0 ] || [ "$1" = "$(id -u)" ]; } && [ $((0$2 & 022)) = 0 ]; }
