#!/bin/bash
# SPDX-License-Identifier: MIT
#
# usage: bad_input.sh LEADLIGHT LEADLIGHT-WARDEN LEADLIGHTCTL LEADLIGHT-AGENT LEADLIGHT-SESSION
#
# What the person is told when something is wrong, and that the rest goes on.
set -euo pipefail
leadlight=$1 warden=$2 ctl=$3 agent=$4 session=$5

home=$(mktemp -d)
export XDG_RUNTIME_DIR=$home
running=()
# shellcheck disable=SC2317  # the trap calls it
end() {
    [[ ${#running[@]} -eq 0 ]] || kill "${running[@]}" 2>/dev/null || true
    wait
    ! mountpoint -q "$home/full" || umount "$home/full"
    rm -rf "$home"
}
trap end EXIT

failed=0
wrong() {
    echo "FAILED: $*" >&2
    failed=1
}

# ends_with LINE COMMAND...: it fails, and its last line is this one.
ends_with() {
    local line=$1 output
    shift
    ! output=$(timeout 20 "$@" 2>&1) || wrong "$* succeeded"
    [[ ${output##*$'\n'} == "$line" ]] || wrong "$*: said '${output##*$'\n'}', not '$line'"
}

# says FILE LINE: within 20 s.
says() {
    for _ in {1..200}; do
        ! grep -qxF -- "$2" "$1" 2>/dev/null || return 0
        sleep 0.1
    done
    wrong "no line '$2' in:"
    cat "$1" >&2
}

# background LOG COMMAND...
background() {
    local log=$1
    shift
    "$@" >"$log" 2>&1 &
    running+=($!)
}

# A configuration with a mistake starts nothing, and says where the mistake is.
config=$home/config.toml
refuses() {
    local output
    ! output=$(timeout 20 "$leadlight" --backend headless --config "$config" 2>&1) ||
        wrong "a bad configuration was taken"
    [[ $output == "leadlight: $1" ]] || wrong "said '$output', not '$1'"
    [[ ! -e $home/wayland-0 ]] || wrong "a socket was made"
}
refuses "$config: No such file or directory"
printf '[domain.work]\nlabel = "bleu"\n' >"$config"
refuses "$config:2: there is no label 'bleu'"
printf '# one\n\n[domain.work\n' >"$config"
refuses "$config:3: Error while parsing table header: expected ']', saw '\n'"

# One that was installed with the right to ask leadlightd, as another program of the person's would
# start it: as after an execution of a file that is set-group-id.
with_the_right=(setpriv --rgid "$(id -g)" --egid 60 --keep-groups)
if "${with_the_right[@]}" true 2>/dev/null; then
    ends_with "leadlight: not with --backend wayland: this program may command leadlightd, so it shows on the seat's screens only, as the administrator configured it" \
        "${with_the_right[@]}" "$leadlight" --backend wayland --domains leadlightd
    ends_with "leadlight: not with --leadlightd: this program may command leadlightd, so it shows on the seat's screens only, as the administrator configured it" \
        "${with_the_right[@]}" "$leadlight" --leadlightd "$home/other"
    # A file that is root's and nobody else's to write may be any process's words.
    printf '[input]\n' >"$config"
    ends_with "leadlight: not with --config: this program may command leadlightd, so it shows on the seat's screens only, as the administrator configured it" \
        "${with_the_right[@]}" "$leadlight" --config "$config"
    mkdir -p "$home/own/leadlight"
    printf 'nonsense' >"$home/own/leadlight/leadlight.toml"
    # The person's own is not looked at: the next thing that is missing is the folder.
    ends_with "leadlight: XDG_RUNTIME_DIR is not set" \
        env -u XDG_RUNTIME_DIR XDG_CONFIG_HOME="$home/own" HOME="$home/own" \
        "${with_the_right[@]}" "$leadlight"
    # Who asks no leadlightd is an ordinary program, with the person's own configuration.
    ends_with "leadlight: $home/own/leadlight/leadlight.toml:1: Error while parsing key-value pair: encountered end-of-file" \
        env XDG_CONFIG_HOME="$home/own" "${with_the_right[@]}" \
        "$leadlight" --backend headless --allow-local
else
    echo "a start with leadlightd's group is not tried: this user may not take one"
fi

# Nobody at one domain's address, and no warden for it to come: the desktop runs, and says it once.
cat >"$config" <<TOML
[domain.work]
label = "blue"
address = "local:$home/nobody"
TOML
ends_with "leadlightctl: no leadlight answers at $home/leadlight/control: No such file or directory" \
    "$ctl" domains
background "$home/desktop.log" "$leadlight" --allow-local --warden "$warden" --backend headless \
    --config "$config"
says "$home/desktop.log" \
    "leadlight: domain work: nobody answers at local:$home/nobody; it is tried again"
ends_with "leadlightctl: there is no domain 'nobody'" "$ctl" domain remove nobody
ends_with "leadlightctl: there is no label 'bleu'" "$ctl" domain add mail --label bleu \
    --address "local:$home/mail"
grep -qx "NoNewPrivs:	1" "/proc/${running[0]}/status" || wrong "the desktop is not locked in"
sleep 2 # four more tries
[[ $(grep -c 'nobody answers' "$home/desktop.log") -eq 1 ]] || wrong "it was said more than once"
# The agent that comes late is found.
background "$home/agent.log" "$agent" --listen "local:$home/nobody" --no-xwayland
says "$home/desktop.log" "leadlight: domain work: connected"

# An agent that cannot do its work says why. Without Xwayland it does the rest of it.
ends_with "leadlight-agent: error: cannot listen at local:$home/nobody: another server has that address" \
    "$agent" --listen "local:$home/nobody" --no-xwayland
ends_with "leadlight-agent: error: cannot listen at local:/nowhere/agent: its folder is missing, or not this user's alone (mode 0700)" \
    "$agent" --listen local:/nowhere/agent --no-xwayland
for frames in 0 -1 64x 65537 ''; do
    ends_with "leadlight-agent: error: --grant-frames $frames: not a number from 1 to 65536" \
        "$agent" --listen "local:$home/agent" --grant-frames "$frames"
done
ends_with "leadlight-agent: error: nonesuch: No such file or directory" \
    "$agent" --listen "local:$home/agent" --no-xwayland -- nonesuch
if [[ ! -x /usr/bin/Xwayland ]]; then
    background "$home/plain.log" "$agent" --listen "local:$home/plain"
    says "$home/plain.log" \
        "leadlight-agent: warning: no X11 programs: Xwayland is not installed or cannot start"
    "$ctl" domain add plain --label red --address "local:$home/plain"
    says "$home/desktop.log" "leadlight: domain plain: connected"
fi

# The leader of a session does not try again what cannot succeed.
mkdir "$home/bin"
ln -s "$(realpath "$leadlight")" "$home/bin/leadlight"
"$session" --help | grep -q '^usage: leadlight-session ' || wrong "leadlight-session does not say how it is used"
ends_with "leadlight-session: XDG_RUNTIME_DIR is not set" env -u XDG_RUNTIME_DIR "$session"
ends_with "Run with --help for more information." \
    env -u XDG_SEAT PATH="$home/bin:$PATH" "$session" --nonsense

# A full disk: places are not kept, and the desktop ends as it should.
mkdir "$home/full"
if mount -t tmpfs -o size=8k,mode=0700 tmpfs "$home/full" 2>/dev/null; then
    head -c 8192 /dev/zero >"$home/full/filler"
    background "$home/full.log" env XDG_RUNTIME_DIR="$home/full" "$leadlight" --allow-local \
        --warden "$warden" --backend headless --config "$config"
    full=${running[-1]}
    says "$home/full.log" "leadlight: the desktop runs; its socket is wayland-0"
    kill -TERM "$full"
    wait "$full" || wrong "it ended with $?"
    says "$home/full.log" \
        "leadlight: warning: $home/full/leadlight/places cannot be written: No space left on device"
else
    echo "a full disk is not tried: this user may not mount"
fi
exit $failed
