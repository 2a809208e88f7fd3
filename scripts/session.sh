# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# ./dev run and ./dev domain: the desktop in a window of the session that the
# person sits at, and programs of a domain on it. Sourced by ./dev.
#
# The desktop lives in a root of its own with sockets that only it can see, so
# `domain` joins the namespaces of the `run` that is up.

SESSION_FILE=$CACHE/session
# Tests take what they have compiled anyway.
SESSION_KIND=product

command_run() {
    show_host_display
    echo $BASHPID >"$SESSION_FILE"
    trap 'rm -f "$SESSION_FILE"' EXIT
    run_part demo "$SESSION_KIND" demo/session "$@"
}

# Shows the host's Wayland or X11 socket inside.
show_host_display() {
    local runtime=${XDG_RUNTIME_DIR:-} number
    if [[ $NATIVE == yes ]]; then
        [[ -z $runtime ]] || HOST_ENVIRONMENT+=("XDG_RUNTIME_DIR=$runtime")
        [[ -z ${WAYLAND_DISPLAY:-} ]] || HOST_ENVIRONMENT+=("WAYLAND_DISPLAY=$WAYLAND_DISPLAY")
        [[ -z ${DISPLAY:-} ]] || HOST_ENVIRONMENT+=("DISPLAY=$DISPLAY")
        [[ -z ${XAUTHORITY:-} ]] || HOST_ENVIRONMENT+=("XAUTHORITY=$XAUTHORITY")
    elif [[ -n ${WAYLAND_DISPLAY:-} && -S $runtime/$WAYLAND_DISPLAY ]]; then
        EXTRA_BINDS+=$'\n'$runtime/$WAYLAND_DISPLAY$'\t'/run/host-wayland
        HOST_ENVIRONMENT+=(WAYLAND_DISPLAY=/run/host-wayland)
    elif [[ ${DISPLAY:-} == :* ]]; then
        number=${DISPLAY#:}
        number=${number%%.*}
        local socket=/tmp/.X11-unix/X$number cookies=${XAUTHORITY:-$HOME/.Xauthority}
        [[ -S $socket ]] || die "no X server at $socket (DISPLAY is $DISPLAY)"
        EXTRA_BINDS+=$'\n'$socket$'\t'$socket
        HOST_ENVIRONMENT+=("DISPLAY=:$number")
        if [[ -e $cookies ]]; then
            EXTRA_BINDS+=$'\n'$cookies$'\t'/run/host-xauthority
            HOST_ENVIRONMENT+=(XAUTHORITY=/run/host-xauthority)
        fi
    else
        die "no Wayland or X11 session here (WAYLAND_DISPLAY and DISPLAY are not set);" \
            "./dev demo needs none"
    fi
}

command_domain() {
    local running first environment
    running=$(cat "$SESSION_FILE" 2>/dev/null || true)
    [[ -n $running && -d /proc/$running ]] ||
        die "no desktop is up: start one with ./dev run"
    mapfile -t environment < <(BUILD_DIR=$(build_dir "$SESSION_KIND") clean_environment)
    if [[ $NATIVE == yes ]]; then
        "${environment[@]}" XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-/run/user/0}" "$HERE/demo/domain" "$@"
        return
    fi
    # dev run -> unshare -> the first process inside
    first=$(first_child "$(first_child "$running")")
    [[ -n $first ]] || die "the desktop is still starting: try again in a moment"
    local join=(nsenter --target "$first" --mount --pid)
    [[ $EUID -eq 0 ]] || join+=(--user --preserve-credentials)
    "${join[@]}" --wdns="$HERE" -- "${environment[@]}" "$HERE/demo/domain" "$@"
}

first_child() {
    [[ -n $1 ]] || return 0
    cut -d' ' -f1 "/proc/$1/task/$1/children" 2>/dev/null || true
}
