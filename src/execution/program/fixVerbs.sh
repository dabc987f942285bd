# shellcheck shell=sh disable=SC2154 # $base, $change and $id come with the executor; settings.sh, which knows drivers, comes before
# The verbs that fixes are made of: files of the host's configuration, and what is made from them.

# replace_file PATH TEXT [ARGV…]: the file has this text, at once or not at all, with the mode and owner it had. Then
# ARGV, which regenerates what depends on it.
replace_file() {
	folder=${1%/*}
	mkdir -p "$folder" || return
	new=$(mktemp "$folder/.sriov-workbench.XXXXXX") || return
	if { if [ -e "$1" ]; then cp -p "$1" "$new"; else chmod 644 "$new"; fi; } &&
		printf %s "$2" >"$new" && sync "$new" && mv -f "$new" "$1"; then
		sync "$folder"
	else
		rm -f "$new"
		return 1
	fi
	shift 2
	[ $# -eq 0 ] || "$@"
}

# remove_file PATH [ARGV…]: fine when it isn't there.
remove_file() {
	rm -f "$1" && sync "${1%/*}" || return
	shift
	[ $# -eq 0 ] || "$@"
}

# file_says PATH TEXT: byte for byte.
file_says() { printf %s "$2" | cmp -s - "$1"; }
# file_is_absent PATH
file_is_absent() { [ ! -e "$1" ]; }

# keep_fix FINDING JSON [PATH…]: what is going to be changed, on disk before the first change, with a copy of each file. A record
# of an earlier fix of the same finding waits in the folder of this change.
keep_fix() {
	fix=$base/fixes/$1
	new=$change/fix
	mkdir -p "$base/fixes" "$new/files" && printf '%s\n' "$2" >"$new/fix.json" && printf '%s\n' "$id" >"$new/change" || return
	shift 2
	for path; do
		[ ! -e "$path" ] || { mkdir -p "$new/files${path%/*}" && cp -p "$path" "$new/files$path"; } || return
	done
	sync "$new/fix.json" && { [ ! -e "$fix" ] || mv "$fix" "$change/fix.before"; } && mv "$new" "$fix" && sync "$base/fixes"
}

# take_fix_back FINDING JSON: the record of this change becomes JSON, which says that it was undone; the one before it comes back.
take_fix_back() {
	fix=$base/fixes/$1
	if [ -e "$change/fix.before" ]; then
		rm -rf "$fix" "$change/fix" && mv "$change/fix.before" "$fix" && sync "$base/fixes"
	elif [ "$(cat "$fix/change" 2>/dev/null)" = "$id" ]; then
		note_fix "$@"
	fi
}

# note_fix FINDING JSON: what is written down of a fix, and nothing else of it.
note_fix() {
	printf '%s\n' "$2" >"$base/fixes/$1/fix.new" && sync "$base/fixes/$1/fix.new" &&
		mv "$base/fixes/$1/fix.new" "$base/fixes/$1/fix.json" && sync "$base/fixes/$1"
}

# make_grub_configurations TOOL PATH…: grub-mkconfig for each file that a firmware may boot by.
make_grub_configurations() {
	tool=$1
	shift
	for path; do
		"$tool" -o "$path" || return
	done
}

# reinstall_kernels: regenerates every kernel's boot entry with kernel-install.
reinstall_kernels() {
	for folder in /usr/lib/modules/*/ /lib/modules/*/; do
		version=$(basename "$folder")
		image=$folder/vmlinuz
		[ -e "$image" ] || image=/boot/vmlinuz-$version
		if [ -e "$image" ]; then kernel-install add "$version" "$image" || return; fi
	done
}

# change_by_kernelstub 'ADD…' 'REMOVE…'
change_by_kernelstub() {
	[ -z "$2" ] || kernelstub -d "$2" || return
	[ -z "$1" ] || kernelstub -a "$1"
}

# boot_configuration_has 'ADD…' 'REMOVE…' PATTERN…: every kernel's line in these files has the first and none of the
# second arguments. Lines for rescue, and those of another system's root, aren't looked at.
boot_configuration_has() {
	wanted=$1 unwanted=$2
	shift 2
	sync # what the tools wrote
	# shellcheck disable=SC2048,SC2086 # patterns of paths
	kernels=$(cat $* 2>/dev/null | grep -iE '^[[:space:]]*(linux[a-z0-9]*[[:space:]]+/[^[:space:]]+[[:space:]]+[^[:space:]]|options[[:space:]]|append[[:space:]])' |
		grep -viE '[[:space:]](single|rescue|recovery|systemd.unit=rescue.target)([[:space:]]|$)')
	# shellcheck disable=SC2048,SC2086
	[ -n "$kernels" ] || kernels=$(cat $* 2>/dev/null | grep -v '^#' | grep -m1 .)
	if [ -z "$kernels" ]; then
		echo "no kernel arguments found in $*"
		return 1
	fi
	root=$(tr ' ' '\n' </proc/cmdline | grep -m1 '^root=')
	ours=$(printf '%s\n' "$kernels" | grep -F -- "$root") && [ -n "$root" ] && kernels=$ours
	printf '%s\n' "$kernels" | while read -r line; do
		for argument in $wanted; do
			has_argument "$argument" "$line" || {
				printf '%s is not in: %s\n' "$argument" "$line"
				exit 1
			}
		done
		for argument in $unwanted; do
			if has_argument "$argument" "$line"; then
				printf '%s is still in: %s\n' "$argument" "$line"
				exit 1
			fi
		done
	done
}

# has_argument NAME[=VALUE] LINE: as an argument, or among the values of one that is a list.
has_argument() {
	set -f
	# shellcheck disable=SC2086 # arguments of a command line
	for present in $2; do
		[ "$present" = "$1" ] && return
		case $1 in
		*=*) case $present in "${1%%=*}="*) case ",${present#*=}," in *",${1#*=},"*) return 0 ;; esac ;; esac ;;
		esac
	done
	return 1
}

# load_module NAME, unload_module NAME: done when it is so already.
load_module() { modprobe "$1"; }
unload_module() { [ ! -d "/sys/module/$(printf %s "$1" | tr - _)" ] || modprobe -r "$1"; }
