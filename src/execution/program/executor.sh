# shellcheck shell=sh disable=SC2154 # $id, $description, $lasting, $steps, $undoable, $guard, $undoes and $devices come with the plan
# shellcheck disable=SC2015 # A && B || C is intended: C also when B fails
# Runs the plan above: `apply` it, or after an executor that was killed, `recover` (undo it) or `finish` it. Nobody has to be listening: it ignores a
# hang-up and a broken pipe, and ends by finishing or by undoing. Everything it is about to do is in $change/progress first.

base=/var/lib/sriov-workbench
change=$base/changes/$id
cancelled='' watching=''
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
# What is about to be done must outlast a power cut. That it was done goes to the disk with what begins next.
write_note() {
	{ printf '%s\n' "$1" >>"$change/progress"; } 2>/dev/null || return
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

# record_outcome OUTCOME: a line of the journal. One change at a time: what one adds while another trims would be lost.
record_outcome() {
	rm -f "$change/reserve" "$locks/$id".*
	{
		if flock -w 10 3; then trim=yes; else trim=''; fi
		# A line that was cut off by a power failure costs that line only.
		[ ! -s "$base/journal.jsonl" ] || [ -z "$(tail -c 1 "$base/journal.jsonl")" ] || echo >>"$base/journal.jsonl"
		printf '%s,"outcome":"%s"}\n' "$meta" "$1" >>"$base/journal.jsonl"
		if [ -n "$trim" ] && [ "$(wc -l <"$base/journal.jsonl")" -gt 1000 ]; then
			tail -n 800 "$base/journal.jsonl" >"$base/journal.new" && mv "$base/journal.new" "$base/journal.jsonl"
		fi
		sync "$base/journal.jsonl"
	} 3<"$base"
}

# keep: records what was done, so that it can be undone; the last twenty changes. A change that this one undid is dropped.
keep() {
	[ -z "$undoes" ] || rm -f "$base/finished/$undoes.json"
	[ -n "$undoable" ] && [ -s "$change/plan.json" ] || return
	{ cat "$change/meta.json" "$change/plan.json" >"$change/finished" && sync "$change/finished" &&
		mv "$change/finished" "$base/finished/$id.json"; } 2>/dev/null
	set -- "$base/finished"/*
	# shellcheck disable=SC2012 # names made by us; find is not everywhere
	[ $# -le 20 ] || ls -t "$base/finished" | sed 1,20d | while read -r old; do rm -f "$base/finished/$old"; done
}

# forget: this change is over. Its folder goes in one piece: half of it would pass for a change that was interrupted.
forget() { { mv "$change" "$base/over.$id" && rm -rf "$base"/over.*; } 2>/dev/null || rm -rf "$change"; }

# finish OUTCOME CODE: a change that is stuck stays where `recover` finds it.
finish() {
	[ -z "$watching" ] || kill "$watching" 2>/dev/null
	record_outcome "$1"
	[ "$1" != 'done' ] || keep
	[ "$1" = stuck ] || forget
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

# device_is missing|another: a function that this change is about was removed; another one was created in its place.
device_is() {
	[ -s "$change/devices" ] || return
	while read -r inode path; do
		there=$(stat -L -c %i "$path" 2>/dev/null) || there=missing
		[ "$there" != "$inode" ] || continue
		[ "$there" = missing ] || there=another
		[ "$there" != "$1" ] || return 0
	done <"$change/devices"
	return 1
}

# undo_one N: in a namespace that has ended there is nothing left to undo, and neither is of a function that was removed. One
# made since is not ours to touch, nor is our record about that one.
undo_one() {
	about "$1"
	[ -z "$undo_needs" ] || is_open "$undo_needs" || return 0
	case $undo_verb in
	drop_record) ;;
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
	why=$(own_folder "$base") && why=$(own_folder "$locks") || unsafe
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

# apply_from N: the steps from N on, and back again when one fails or the change is cancelled.
apply_from() {
	step=$1
	mark=$(last_logged)
	while [ "$step" -le "$steps" ]; do
		if [ -n "$cancelled" ] || [ -e "$change/cancel" ]; then
			say cancelled "$step"
			put_back $((step - 1))
		fi
		say begin "$step"
		about "$step"
		out=''
		note "begin $step" && attempt apply "$step" || {
			say failed "$step" "$?"
			said "$out"
			say log
			said "$(logged_since "$mark")"
			put_back "$step"
		}
		said "$out"
		note "done $step"
		step=$((step + 1))
	done
	[ -z "$guard" ] || hold
	finish 'done' 0
}

# take_over: goes on with a change whose executor was killed. What a reboot undid, or what was complete, is only closed.
take_over() {
	take_part || { say outcome running; exit 3; }
	# A reboot undoes everything but what is in files.
	[ -n "$lasting" ] || [ "$boot" = "$(cat "$change/boot")" ] || finish undone 4
	take_locks && note locked || { say outcome refused; exit 3; }
	if grep -qx "done $steps" "$change/progress" && ! grep -q '^undone' "$change/progress"; then finish 'done' 0; fi
	begun=$(sed -n 's/^begin //p' "$change/progress" | tail -n 1)
}

# The steps that were begun and not undone are undone.
recover_plan() {
	take_over
	open_namespaces
	put_back "${begun:-0}"
}

# refuse_to_finish WHY: it stays where it is, to be undone.
refuse_to_finish() {
	said "$1"
	say outcome refused
	exit 3
}

# The step that was begun and not done is undone, for it may be half done; then it and the rest are done.
finish_plan() {
	take_over
	! grep -q '^undone' "$change/progress" || refuse_to_finish 'It failed or was cancelled, and was being undone.'
	if device_is missing || device_is another; then refuse_to_finish 'The function that it changes has been removed.'; fi
	open_namespaces || refuse_to_finish 'The network namespace of the change is gone.'
	if [ -z "$begun" ]; then
		preconditions || refuse_to_finish 'The host has changed since the change started.'
	elif ! grep -qx "done $begun" "$change/progress"; then
		about "$begun"
		attempt undo "$begun" || refuse_to_finish "Step $begun was interrupted and could not be restarted: $out"
	else
		begun=$((begun + 1))
	fi
	apply_from "${begun:-1}"
}

case ${1:-apply} in
apply) apply_plan ;;
recover) recover_plan ;;
finish) finish_plan ;;
esac
