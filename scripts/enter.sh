# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# Entering a root, as root of the host or as an ordinary user. Sourced by ./dev.

# An ordinary user gets a user namespace in which he is root and has the
# subordinate ids of /etc/subuid for everyone else. All that touches a root
# (unpack, enter, delete) goes through here, so that the mapping is always
# the same one: another would break setuid programs and the files' owners.
as_root_of_roots() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    else
        unshare --user --map-root-user --map-auto -- "$@"
    fi
}

# enter MODE ROOT BINDS WORKDIR -- COMMAND...
# See scripts/inside.sh for what they mean.
enter() {
    local mode=$1 root=$2 binds=$3 workdir=$4
    shift 5
    local stage=$CACHE/stage new_user=()
    mkdir -p "$stage"
    [[ $EUID -eq 0 ]] || new_user=(--user --map-root-user --map-auto)
    # When this script dies, however it dies, everything inside must die too:
    # pdeathsig ends unshare, and kill-child the first process of the pid
    # namespace, with which the kernel ends all others.
    STAGE=$stage ROOT=$root ROOT_MODE=$mode BINDS=$binds WORKDIR=$workdir \
        setpriv --pdeathsig KILL -- \
        unshare "${new_user[@]}" --mount --pid --fork --kill-child=KILL -- \
        bash "$HERE/scripts/inside.sh" "$@"
}

# What the command inside gets to see of the environment: nothing of the host
# but the terminal and what is asked for by name. Compiled objects are shared
# by all build directories and checkouts (relative paths; NOHASHDIR leaves out
# the directory that debug information names).
clean_environment() {
    local name
    printf '%s\n' env -i \
        PATH=/usr/lib/ccache:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        HOME=/root LANG=C.UTF-8 LC_ALL=C.UTF-8 XDG_RUNTIME_DIR=/run/user/0 \
        CCACHE_DIR=/var/cache/leadlight/ccache TIDY_CACHE=/var/cache/leadlight/tidy "CCACHE_BASEDIR=$HERE" CCACHE_COMPILERCHECK=content \
        CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=include_file_ctime,include_file_mtime \
        CCACHE_MAXSIZE=4G "SOURCE_DIR=$HERE" LEADLIGHT_INSIDE=1
    for name in TERM CI BUILD_DIR NINJA_STATUS MESON_TESTTHREADS \
        http_proxy https_proxy no_proxy; do
        [[ -z ${!name:-} ]] || printf '%s\n' "$name=${!name}"
    done
    # Anything else that a person wants to hand in goes by this prefix.
    for name in "${!LEADLIGHT_@}"; do
        [[ $name == LEADLIGHT_CACHE || $name == LEADLIGHT_DEBS || $name == LEADLIGHT_RESULTS ]] || printf '%s\n' "$name=${!name}"
    done
}

# inside TIER -- COMMAND...: runs it in the tier's root, with the checkout at
# its own path, so that paths in errors hold on both sides.
inside() {
    local tier=$1 environment
    shift 2
    mapfile -t environment < <(clean_environment)
    if [[ $NATIVE == yes ]]; then
        "${environment[@]}" CCACHE_DIR="$RESULTS/ccache" TIDY_CACHE="$RESULTS/tidy" "${HOST_ENVIRONMENT[@]}" "$@"
        return
    fi
    ensure_tier "$tier" || exit
    local root workdir=$HERE
    root=$(tier_root "$tier")
    [[ $PWD == "$HERE"/* ]] && workdir=$PWD
    mkdir -p "$RESULTS"
    # Held while the command runs: prune_roots leaves a root alone that is in use.
    local in_use
    exec {in_use}<"$root.lock"
    flock -s "$in_use"
    local binds="$HERE"$'\t'"$HERE"$'\n'"$RESULTS"$'\t'/var/cache/leadlight
    binds+=$'\n'/etc/resolv.conf$'\t'/etc/resolv.conf
    binds+=$EXTRA_BINDS
    enter throwaway "$root" "$binds" "$workdir" -- "${environment[@]}" "${HOST_ENVIRONMENT[@]}" "$@"
}
