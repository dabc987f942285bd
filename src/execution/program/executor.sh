# shellcheck shell=sh disable=SC2154 # $id, $description, $lasting, $steps, $undoable, $guard, $undoes and $devices come with the plan
# shellcheck disable=SC2015 # A && B || C is intended: C also when B fails
# Runs the plan above: `apply` it, or after an executor that was killed, `recover` (undo it) or `finish` it. Nobody has to be listening: it ignores a
# hang-up and a broken pipe, and ends by finishing or by undoing. Everything it is about to do is in $change/progress first.

base=/var/lib/sriov-workbench
change=$base/changes/$id
cancelled='' watching='' space='' entered='' step_device=''
trap '' HUP PIPE
trap 'cancelled=yes' INT TERM
umask 077
export LC_ALL=C
# Not where other users can put files.
cd /

# `@ …` lines are for the client, `| …` lines are what a command said.
say() { printf '@ %s\n' "$*" 2>/dev/null; }
said() { [ -z "$1" ] || printf '%s\n' "$1" | sed 's/^/| /' 2>/dev/null; }

# note WORD…: a line of $change/progress. On a full disk, use the space that was reserved before the first change.
note() { write_note "$*" || { rm -f "$change/reserve" && write_note "$*"; }; }
# What is about to be done to files must outlast a power cut. That it was done goes to the disk with what begins next. Everything else
# ends with the boot, whatever was noted of it.
write_note() {
	{ printf '%s\n' "$1" >>"$change/progress"; } 2>/dev/null || return
	[ -n "$lasting" ] || return 0
	case $1 in begin* | undone* | armed) sync "$change/progress" ;; esac
}

# require N ARGV…: the Nth precondition.
require() {
	number=$1
	shift
	out=$("$@" 2>&1) || {
		say refused "$number"
		said "$out"
		return 1
	}
}

# record_outcome OUTCOME: a line of the journal, on disk with what is to be kept. One change at a time: what one adds while another trims would be lost.
record_outcome() {
	{
		if flock -w 10 3; then trim=yes; else trim=''; fi
		# A line that was cut off by a power failure costs that line only.
		[ ! -s "$base/journal.jsonl" ] || [ -z "$(tail -c 1 "$base/journal.jsonl")" ] || echo >>"$base/journal.jsonl"
		printf '%s,"outcome":"%s"}\n' "$meta" "$1" >>"$base/journal.jsonl"
		# The end of an id is by chance: one change in sixteen looks whether there is much of it.
		case $id in *0) ;; *) trim='' ;; esac
		if [ -n "$trim" ] && [ "$(wc -l <"$base/journal.jsonl")" -gt 1000 ]; then
			tail -n 800 "$base/journal.jsonl" >"$base/journal.new" && mv "$base/journal.new" "$base/journal.jsonl"
		fi
		sync "$base/journal.jsonl" ${kept:+"$kept"}
	} 3<"$base"
}

# write_kept: what was done, so that it can be undone; sets `kept` where it can. What was found out on the way (freshVerbs.sh) is in it.
write_kept() {
	[ -n "$undoable" ] && [ -s "$change/plan.json" ] || return
	if [ -s "$change/words" ]; then set -- sed -f "$change/words"; else set -- cat; fi
	"$@" "$change/meta.json" "$change/plan.json" 2>/dev/null >"$change/finished" && kept=$change/finished
}

# keep: records that for the last twenty changes. A change that this one undid is dropped.
keep() {
	[ -z "$undoes" ] || rm -f "$base/finished/$undoes.json"
	[ -n "$kept" ] && mv "$kept" "$base/finished/$id.json" 2>/dev/null || return
	set -- "$base/finished"/*
	[ $# -gt 20 ] || return
	# shellcheck disable=SC2012,SC2046 # names made by us; find is not everywhere
	set -- $(ls -t "$base/finished")
	shift 20
	for old; do
		set -- "$@" "$base/finished/$old"
		shift
	done
	rm -f "$@"
}

# forget [FILE…]: this change is over, and so are these. Its folder goes in one piece: half of it would pass for a change that was
# interrupted. Nobody waits for the rest.
forget() {
	if mv "$change" "$base/over.$id" 2>/dev/null; then
		rm -rf "$base"/over.* "$@" >/dev/null 2>&1 4>&- 5>&- 6>&- 7<&- 8<&- 9<&- &
	else
		rm -rf "$change" "$@"
	fi
}

# finish OUTCOME CODE: a change that is stuck stays where `recover` finds it.
finish() {
	[ -z "$watching" ] || kill "$watching" 2>/dev/null
	# From here on the disk may need what was reserved there.
	printf '' >"$change/reserve"
	kept=''
	[ "$1" != 'done' ] || write_kept
	record_outcome "$1"
	[ "$1" != 'done' ] || keep
	if [ "$1" = stuck ]; then rm -f "$change/reserve" "$locks/$id".*; else forget "$locks/$id".*; fi
	say outcome "$1"
	exit "$2"
}

# mark_devices: which functions this change is about. The inode of a function's folder in sysfs is another one when it was
# removed and recreated.
mark_devices() {
	set --
	for pci in $devices; do set -- "$@" "/sys/bus/pci/devices/$pci"; done
	: >"$change/devices" || return
	[ $# = 0 ] || stat -L -c '%i %n' "$@" >"$change/devices" 2>/dev/null || :
}

# device_is missing|another: a function that this change is about was removed; another one was created in its place. Of a change about
# several, the one that the step of the last `about` is about.
device_is() {
	[ -s "$change/devices" ] || return
	while read -r inode path; do
		[ "${step_device:-${path##*/}}" = "${path##*/}" ] || continue
		there=$(stat -L -c %i "$path" 2>/dev/null) || there=missing
		[ "$there" != "$inode" ] || continue
		[ "$there" = missing ] || there=another
		[ "$there" != "$1" ] || return 0
	done <"$change/devices"
	return 1
}

# enter_space: descriptor 7 is the namespace of the step that `about` told of; where a plan has one for all its steps, that is open already.
enter_space() {
	[ -n "$space" ] && [ "$space" != "$entered" ] || return 0
	entered=''
	if open_space "$space"; then entered=$space; else out="the container's network namespace is gone" && return 1; fi
}

# undo_one N: in a namespace that has ended there is nothing left to undo, and neither is of a function that was removed. One
# made since is not ours to touch, nor is our record about that one.
undo_one() {
	about "$1"
	enter_space
	[ -z "$undo_needs" ] || is_open "$undo_needs" || return 0
	case $undo_verb in
	drop_record | lower_huge_pages) ;;
	save_record) ! device_is missing && ! device_is another || return 0 ;;
	*) ! device_is another || return 0 ;;
	esac
	attempt undo "$1" && return
	failed=$?
	device_is missing || return "$failed"
}

# put_back N: undoes the steps N … 1, but for those that an earlier attempt has undone: by then a device may have another name or
# be elsewhere. One that can't be undone doesn't stop the others.
put_back() {
	stuck=''
	step=$1
	while [ "$step" -ge 1 ]; do
		grep -qx "undone $step" "$change/progress" || put_one_back "$step" || stuck=yes
		step=$((step - 1))
	done
	[ -z "$stuck" ] || finish stuck 5
	finish undone 4
}

# put_one_back N: undoes a step, and says and notes how that went.
put_one_back() {
	say undo "$1"
	out=''
	if undo_one "$1"; then
		note "undone $1"
		say undone "$1"
	else
		say stuck "$1" "$?"
		said "$out"
		return 1
	fi
}

# take_part: this process is the one that works on the change. There was another one if the folder is gone once that let go.
take_part() {
	is_own "$base" "$locks" || { why=$(own_folder "$base") && why=$(own_folder "$locks"); } || unsafe
	by=${SUDO_USER:-root}
	case $by in *[!A-Za-z0-9._@-]*) by=$(printf %s "$by" | tr -cd 'A-Za-z0-9._@-') ;; esac
	read -r boot </proc/sys/kernel/random/boot_id
	meta="$description,\"at\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\",\"by\":\"$by\",\"bootId\":\"$boot\""
	holder="$meta}"
	command exec 4>"$change/alive" 8</proc/self/ns/net && flock -w 5 4 && [ -e "$change/alive" ]
}

# unsafe: other users can write where only root should.
unsafe() {
	[ -s "$change/progress" ] || forget
	say unsafe
	said "$why"
	say outcome unsafe
	exit 3
}

apply_plan() {
	take_part && printf '%s\n' "$holder" >"$change/meta.json" && printf '%s\n' "$boot" >"$change/boot" &&
		printf '%65536s' '' >"$change/reserve" && write_note started && sync "$change"/* "$change" ||
		{ forget; say outcome unwritable; exit 3; }
	mark_log
	{ take_locks && mark_devices && note locked && open_namespaces && preconditions; } || { forget; say outcome refused; exit 3; }
	apply_from 1
}

# clock: sets `now` to the seconds since the host was booted.
clock() {
	read -r now _ </proc/uptime
	now=${now%.*}
}

# hold: a change that may cut off the user is only kept if a new connection confirms it in time.
hold() {
	note armed
	say armed "$guard"
	clock
	end=$((now + guard))
	until [ -e "$change/keep" ]; do
		clock
		if [ -n "$cancelled" ] || [ -e "$change/cancel" ] || [ "$now" -ge "$end" ]; then
			say expired "$guard"
			put_back "$steps"
		fi
		sleep 0.3
	done
}

# mark_log: notes the kernel log's last line, beside what comes before the first step.
mark_log() {
	last_logged >"$change/log" </dev/null 4>&- 5>&- 6>&- 7<&- 8<&- 9<&- &
	marking=$!
}

# apply_from N: the steps from N on, and back again when one fails or the change is cancelled.
apply_from() {
	step=$1
	wait "$marking"
	while [ "$step" -le "$steps" ]; do
		if [ -n "$cancelled" ] || [ -e "$change/cancel" ]; then
			say cancelled "$step"
			put_back $((step - 1))
		fi
		say begin "$step"
		about "$step"
		out=''
		note "begin $step" && enter_space && attempt apply "$step" || {
			say failed "$step" "$?"
			said "$out"
			say log
			said "$(logged_since "$(cat "$change/log" 2>/dev/null)")"
			put_back "$step"
		}
		said "$out"
		note "done $step"
		step=$((step + 1))
	done
	[ -z "$guard" ] || hold
	finish 'done' 0
}

case ${1:-apply} in
apply) apply_plan ;;
recover) recover_plan ;;
finish) finish_plan ;;
esac
